package dev.microvisor.emulator.core;

/** How the fields of a row make a decoded instruction; see {@link Decoder}. */
enum Form {
    /** Registers as they are, immediate unscaled. */
    PLAIN,
    /** Immediate times 2. */
    TIMES_2,
    /** Immediate times 4. */
    TIMES_4,
    /** Like {@link #TIMES_4} with base register SP. */
    SP_TIMES_4,

    /** {@link Alu} operation on registers; flags outside an IT block. */
    ALU_16,
    /** {@link Alu} operation with a plain immediate; flags outside an IT block. */
    ALU_16_IMMEDIATE,
    /** 16-bit shifts by an immediate; the op is the shift type. */
    SHIFT_16_IMMEDIATE,
    /** 16-bit shifts by a register, destination is also the operand; the op is the shift type. */
    SHIFT_16_REGISTER,
    /** Destination is also the second operand; flags outside an IT block. */
    MULTIPLY_16,
    /** {@link Alu} operation on registers that never sets flags, PC allowed. */
    ALU_HIGH,
    /** {@link Alu} operation with a plain immediate that never sets flags. */
    ALU_WIDE_IMMEDIATE,
    /** {@link Alu} operation with ThumbExpandImm. */
    ALU_EXPANDED,
    /** {@link Alu} operation with an immediate shift: {@code i} amount, {@code y} type. */
    ALU_SHIFTED,
    /** 32-bit shifts by a register; {@code y} is the type. */
    SHIFT_REGISTER,
    /** SP plus 4 times the immediate. */
    ADD_SP,
    /** SP minus 4 times the immediate. */
    SUB_SP,
    /** PC-relative address, ahead, immediate times 4. */
    ADR_TIMES_4,
    /** PC-relative address, ahead. */
    ADR_ADD,
    /** PC-relative address, behind. */
    ADR_SUB,
    /** MOVW: {@code j} is imm4, {@code i} the other bits. */
    MOV_WIDE,
    /** MOVT, as {@link #MOV_WIDE}. */
    MOV_TOP,

    /** PC-relative load, immediate times 4, ahead. */
    LITERAL_TIMES_4,
    /** PC-relative load, {@code u} says ahead or behind. */
    LITERAL,
    /** Positive immediate offset. */
    OFFSET,
    /** Immediate offset with {@code p}, {@code u} and {@code w}. */
    INDEXED,
    /** Register offset shifted left by {@code i}. */
    REGISTER_OFFSET,
    /** Two registers, immediate times 4 with {@code p}, {@code u}, {@code w}. */
    DUAL,
    /** Register list {@code r}, writeback {@code w}. */
    LOAD_MULTIPLE,
    STORE_MULTIPLE,
    /** As {@link #LOAD_MULTIPLE}, decrement before. */
    LOAD_MULTIPLE_DB,
    STORE_MULTIPLE_DB,
    /** 16-bit LDM: writes back unless the base is in the list. */
    LOAD_MULTIPLE_16,
    /** 16-bit STM: always writes back. */
    STORE_MULTIPLE_16,
    /** 16-bit PUSH with LR. */
    PUSH_16,
    /** 16-bit POP with PC. */
    POP_16,

    /** Signed halfword offset from the PC. */
    BRANCH,
    /** The same with a condition {@code c}. */
    BRANCH_CONDITIONAL,
    /** Offset S:J2:J1:imm with a condition. */
    BRANCH_WIDE_CONDITIONAL,
    /** Offset S:I1:I2:imm. */
    BRANCH_WIDE,
    /** Forward only. */
    COMPARE_AND_BRANCH,
    /** BX and BLX. */
    BRANCH_REGISTER,
    /** Not allowed in an IT block, otherwise {@link #PLAIN}. */
    OUTSIDE_IT,
    /** IT: {@code c} condition, {@code k} mask. */
    IT_BLOCK,

    /** Bit field: {@code i} lowest bit, {@code w} width minus 1 or highest bit. */
    BIT_FIELD,
    /** Saturation: {@code i} shift amount, {@code y} ASR, {@code w} bit. */
    SATURATE,
    /** Four register operands and option bits {@code o} as the immediate. */
    OPTIONS,
    /** MLA family: accumulator PC means "none". */
    MULTIPLY,
    /** Long multiply: {@code d} high half, {@code a} low half. */
    MULTIPLY_LONG,
    /** Extend with rotation {@code r}; operand PC means "none". */
    EXTEND,

    /** VLDR and VSTR. */
    FLOAT_OFFSET,
    /** VLDM, VSTM, VPUSH, VPOP. */
    FLOAT_MULTIPLE,
    /** Single-precision registers in d, n and m. */
    FLOAT,
    /** As {@link #FLOAT} with a core register t in the destination. */
    FLOAT_CORE,
    /** Two core registers t and a with one double or a pair of singles. */
    FLOAT_PAIR,
    /** VMOV immediate, expanded. */
    FLOAT_IMMEDIATE,
    /** Fixed-point conversion: register d is operand and result. */
    FLOAT_FIXED
}
