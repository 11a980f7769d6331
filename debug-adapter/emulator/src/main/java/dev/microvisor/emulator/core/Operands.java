package dev.microvisor.emulator.core;

/** The operand fields of one instruction on their way into packed form. */
public final class Operands {
    private static final int SP = 13;
    private static final int LR = 14;
    private static final int PC = 15;

    /** Flags of block transfers, in the {@code ra} field. */
    public static final int WRITE_BACK = 1;

    public static final int DECREMENT_BEFORE = 2;

    /** Address kinds of {@link Op#LDR_ANY}, in the {@code ra} field. */
    public static final int BY_IMMEDIATE = 0;

    public static final int BY_REGISTER = 1;
    public static final int PRE_INDEXED = 2;
    public static final int POST_INDEXED = 3;
    public static final int ABSOLUTE = 4;

    /** From an {@code _IMM} load or store to the other address kinds. */
    private static final int TO_REGISTER = Op.LDR_REG - Op.LDR_IMM;

    private static final int TO_UPDATE = Op.LDR_UPD - Op.LDR_IMM;

    private final Row row;
    private final int bits;
    private final int address;
    private final boolean inIt;
    private final int d;
    private final int n;
    private final int m;
    private final int a;
    private final int imm;

    Operands(Row row, int bits, int address, boolean inIt) {
        this.row = row;
        this.bits = bits;
        this.address = address;
        this.inIt = inIt;
        this.d = row.has('e') ? field('e') : row.has('t') ? field('t') : field('d');
        this.n = row.has('e') ? field('e') : field('n');
        this.m = field('m');
        this.a = field('a');
        this.imm = field('i');
    }

    static long undefined() {
        return Instruction.pack(Op.UNDEFINED, 0, 0, 0, 0, 0);
    }

    private static long unpredictable() {
        return Instruction.pack(Op.UNPREDICTABLE, 0, 0, 0, 0, 0);
    }

    private int field(char letter) {
        return row.field(letter, bits);
    }

    /** Value of the PC as an operand. */
    private int pc() {
        return address + 4;
    }

    private int alignedPc() {
        return pc() & ~3;
    }

    long pack() {
        return switch (row.form()) {
            case PLAIN -> plain(imm);
            case TIMES_2 -> offset(imm * 2);
            case TIMES_4 -> offset(imm * 4);
            case SP_TIMES_4 -> Instruction.pack(row.op(), d, SP, 0, 0, imm * 4);
            case ALU_16 -> aluRegister(row.op(), !inIt || Alu.comparesOnly(row.op()));
            case ALU_16_IMMEDIATE ->
                    aluImmediate(row.op(), !inIt || Alu.comparesOnly(row.op()), imm, false);
            case SHIFT_16_IMMEDIATE -> aluShifted(Alu.MOV, !inIt, Shift.decode(row.op(), imm));
            case SHIFT_16_REGISTER -> shiftByRegister(row.op(), !inIt);
            case MULTIPLY_16 -> Instruction.pack(row.op() + (inIt ? 0 : 1), d, n, d, 0, 0);
            case ALU_HIGH -> aluHigh();
            case ALU_WIDE_IMMEDIATE -> aluImmediate(row.op(), false, imm, false);
            case ALU_EXPANDED -> aluExpanded();
            case ALU_SHIFTED ->
                    aluShifted(row.op(), field('s') == 1, Shift.decode(field('y'), imm));
            case SHIFT_REGISTER -> shiftByRegister(field('y'), field('s') == 1);
            case ADD_SP -> Instruction.pack(row.op(), SP, SP, 0, 0, imm * 4);
            case SUB_SP -> Instruction.pack(row.op(), SP, SP, 0, 0, -imm * 4);
            case ADR_TIMES_4 -> Instruction.pack(row.op(), d, 0, 0, 0, alignedPc() + imm * 4);
            case ADR_ADD -> constant(alignedPc() + imm);
            case ADR_SUB -> constant(alignedPc() - imm);
            case MOV_WIDE, MOV_TOP -> constant(field('j') << 12 | imm);
            case LITERAL_TIMES_4 -> literal(alignedPc() + imm * 4);
            case LITERAL -> literal(field('u') == 1 ? alignedPc() + imm : alignedPc() - imm);
            case OFFSET -> offset(imm);
            case INDEXED -> indexed();
            case REGISTER_OFFSET -> registerOffset();
            case DUAL -> dual();
            case LOAD_MULTIPLE, STORE_MULTIPLE -> multiple(field('w') * WRITE_BACK);
            case LOAD_MULTIPLE_DB, STORE_MULTIPLE_DB ->
                    multiple(field('w') * WRITE_BACK | DECREMENT_BEFORE);
            case LOAD_MULTIPLE_16 -> multiple((field('r') >>> n & 1) == 0 ? WRITE_BACK : 0);
            case STORE_MULTIPLE_16 -> multiple(WRITE_BACK);
            case PUSH_16 -> list(Op.PUSH, SP, 0, field('r') | field('p') << LR);
            case POP_16 ->
                    list(
                            field('p') == 1 ? Op.POP_PC : Op.POP,
                            SP,
                            0,
                            field('r') | field('p') << PC);
            case BRANCH -> branch(row.op(), signExtend(imm, 11) * 2);
            case BRANCH_CONDITIONAL -> branch(conditional(field('c')), signExtend(imm, 8) * 2);
            case BRANCH_WIDE_CONDITIONAL -> branchWideConditional();
            case BRANCH_WIDE -> branchWide();
            case COMPARE_AND_BRANCH ->
                    inIt ? unpredictable() : Instruction.pack(row.op(), 0, n, 0, 0, pc() + imm * 2);
            case BRANCH_REGISTER -> branchRegister();
            case OUTSIDE_IT -> inIt ? unpredictable() : plain(imm);
            case IT_BLOCK -> itBlock();
            case BIT_FIELD -> bitField();
            case SATURATE -> saturate();
            case OPTIONS -> options();
            case MULTIPLY -> multiply();
            case MULTIPLY_LONG -> multiplyLong();
            case EXTEND -> extend();
            case FLOAT_OFFSET -> floatOffset();
            case FLOAT_MULTIPLE -> floatMultiple();
            case FLOAT -> floatData();
            case FLOAT_CORE -> floatCore();
            case FLOAT_PAIR -> floatPair();
            case FLOAT_IMMEDIATE -> floatImmediate();
            case FLOAT_FIXED -> floatFixed();
        };
    }

    private static int signExtend(int value, int bits) {
        return value << (32 - bits) >> (32 - bits);
    }

    private long plain(int immediate) {
        boolean usesPc = usesPc('d', d) || usesPc('n', n) || usesPc('m', m) || usesPc('a', a);
        if (row.bits() == 32 && usesPc) {
            return unpredictable();
        }
        return Instruction.pack(row.op(), d, n, m, a, immediate);
    }

    private boolean usesPc(char letter, int register) {
        return register == PC && (row.has(letter) || (letter == 'd' && row.has('t')));
    }

    private long constant(int value) {
        return d == PC || d == SP ? unpredictable() : Instruction.pack(row.op(), d, 0, 0, 0, value);
    }

    private long list(int op, int base, int flags, int registers) {
        return registers == 0
                ? unpredictable()
                : Instruction.pack(op, 0, base, 0, flags, registers);
    }

    // ---------------------------------------------------------------- data processing

    private long aluRegister(int alu, boolean setsFlags) {
        if (d == PC || n == PC || m == PC) {
            boolean comparesWithoutD = Alu.comparesOnly(alu) && n != PC && m != PC;
            boolean movesWithoutN = Alu.ignoresFirst(alu) && d != PC && m != PC;
            if (!comparesWithoutD && !movesWithoutN) {
                return unpredictable();
            }
        }
        int s = setsFlags ? 1 : 0;
        int hot = hotRegisterForm(alu, setsFlags);
        if (hot == 0 || (d == SP && !Alu.comparesOnly(alu))) {
            return Instruction.pack(Op.ALU_REG + s, d, n, m, alu, 0);
        }
        return Instruction.pack(hot, d, n, m, 0, 0);
    }

    private static int hotRegisterForm(int alu, boolean setsFlags) {
        int s = setsFlags ? 1 : 0;
        return switch (alu) {
            case Alu.MOV -> Op.MOV_REG + s;
            case Alu.MVN -> Op.MVN_REG + s;
            case Alu.ADD -> Op.ADD_REG + s;
            case Alu.SUB -> Op.SUB_REG + s;
            case Alu.AND -> Op.AND_REG + s;
            case Alu.ORR -> Op.ORR_REG + s;
            case Alu.EOR -> Op.EOR_REG + s;
            case Alu.BIC -> Op.BIC_REG + s;
            case Alu.ADC -> Op.ADC_REG + s;
            case Alu.SBC -> Op.SBC_REG + s;
            case Alu.CMP -> Op.CMP_REG;
            case Alu.TST -> Op.TST_REG;
            default -> 0;
        };
    }

    /**
     * @param carryFromImmediate the shifter's carry is bit 31 of the immediate
     */
    private long aluImmediate(int alu, boolean setsFlags, int value, boolean carryFromImmediate) {
        boolean writesD = !Alu.comparesOnly(alu);
        if ((writesD && d == PC) || (!Alu.ignoresFirst(alu) && n == PC)) {
            return unpredictable();
        }
        int s = setsFlags ? 1 : 0;
        if (setsFlags && carryFromImmediate && Alu.isLogical(alu)) {
            return Instruction.pack(Op.ALU_IMM_SC, d, n, 0, alu, value);
        }
        if (writesD && d == SP) {
            if (n == SP && !setsFlags && (alu == Alu.ADD || alu == Alu.SUB)) {
                return Instruction.pack(
                        Op.ADD_SP_IMM, SP, SP, 0, 0, alu == Alu.ADD ? value : -value);
            }
            return Instruction.pack(Op.ALU_IMM + s, d, n, 0, alu, value);
        }
        int hot = hotImmediateForm(alu, s);
        return hot == 0
                ? Instruction.pack(Op.ALU_IMM + s, d, n, 0, alu, value)
                : Instruction.pack(
                        hot, d, n, 0, 0, alu == Alu.MVN || alu == Alu.BIC ? ~value : value);
    }

    private static int hotImmediateForm(int alu, int s) {
        return switch (alu) {
            case Alu.MOV -> Op.MOV_IMM + s;
            case Alu.MVN -> Op.MOV_IMM + s;
            case Alu.ADD -> Op.ADD_IMM + s;
            case Alu.SUB -> Op.SUB_IMM + s;
            case Alu.RSB -> Op.RSB_IMM + s;
            case Alu.AND -> Op.AND_IMM + s;
            case Alu.ORR -> Op.ORR_IMM + s;
            case Alu.EOR -> Op.EOR_IMM + s;
            case Alu.BIC -> Op.AND_IMM + s;
            case Alu.CMP -> Op.CMP_IMM;
            case Alu.CMN -> Op.CMN_IMM;
            case Alu.TST -> Op.TST_IMM;
            default -> 0;
        };
    }

    private long aluExpanded() {
        int low = imm & 0xFF;
        int value =
                switch (imm >>> 8) {
                    case 0 -> low;
                    case 1 -> low << 16 | low;
                    case 2 -> low << 24 | low << 8;
                    case 3 -> low << 24 | low << 16 | low << 8 | low;
                    default -> Integer.rotateRight((low & 0x7F) | 0x80, imm >>> 7);
                };
        if (imm >>> 8 >= 1 && imm >>> 8 <= 3 && low == 0) {
            return unpredictable();
        }
        boolean setsFlags = field('s') == 1 || Alu.comparesOnly(row.op());
        return aluImmediate(row.op(), setsFlags, value, imm >>> 10 != 0);
    }

    /**
     * @param shift type and amount as {@link Shift#decode} makes them
     */
    private long aluShifted(int alu, boolean flags, int shift) {
        boolean setsFlags = flags || Alu.comparesOnly(alu);
        if (shift == 0) {
            return aluRegister(alu, setsFlags);
        }
        boolean writesD = !Alu.comparesOnly(alu);
        if ((writesD && d == PC) || (!Alu.ignoresFirst(alu) && n == PC) || m == PC) {
            return unpredictable();
        }
        int s = setsFlags ? 1 : 0;
        int amount = shift & 0xFF;
        if (d != SP && amount < 32 && alu == Alu.MOV) {
            switch (shift >>> 8) {
                case Shift.LSL:
                    return Instruction.pack(Op.LSL_IMM + s, d, 0, m, 0, amount);
                case Shift.LSR:
                    return Instruction.pack(Op.LSR_IMM + s, d, 0, m, 0, amount);
                case Shift.ASR:
                    return Instruction.pack(Op.ASR_IMM + s, d, 0, m, 0, amount);
                default:
                    break;
            }
        }
        if (d != SP && !setsFlags && shift >>> 8 == Shift.LSL) {
            if (alu == Alu.ADD) {
                return Instruction.pack(Op.ADD_LSL, d, n, m, 0, amount);
            }
            if (alu == Alu.ORR) {
                return Instruction.pack(Op.ORR_LSL, d, n, m, 0, amount);
            }
        }
        return Instruction.pack(Op.ALU_SHIFTED + s, d, n, m, alu, shift);
    }

    private long shiftByRegister(int type, boolean setsFlags) {
        if (d == PC || n == PC || m == PC) {
            return unpredictable();
        }
        int s = setsFlags ? 1 : 0;
        int op =
                switch (type) {
                    case Shift.LSL -> Op.LSL_REG;
                    case Shift.LSR -> Op.LSR_REG;
                    case Shift.ASR -> Op.ASR_REG;
                    default -> Op.ROR_REG;
                };
        return Instruction.pack(op + s, d, n, m, 0, 0);
    }

    /** ADD, CMP and MOV on all sixteen registers, where the PC is allowed as operand and target. */
    private long aluHigh() {
        int alu = row.op();
        if (alu == Alu.CMP) {
            return aluRegister(alu, true);
        }
        if (d == PC) {
            if (alu == Alu.MOV) {
                return m == PC ? branch(Op.B, 0) : Instruction.pack(Op.MOV_PC, 0, 0, m, 0, 0);
            }
            return m == PC ? unpredictable() : Instruction.pack(Op.ADD_PC, 0, 0, m, 0, pc());
        }
        if (m == PC) {
            return aluImmediate(alu, false, pc(), false);
        }
        return aluRegister(alu, false);
    }

    private long bitField() {
        if (d == PC || (row.has('n') && n == PC)) {
            return unpredictable();
        }
        int lowest = imm;
        int w = field('w');
        boolean insert = row.op() == Op.BFI || row.op() == Op.BFC;
        int width = insert ? w - lowest + 1 : w + 1;
        if (width <= 0 || lowest + width > 32) {
            return unpredictable();
        }
        return Instruction.pack(row.op(), d, n, 0, 0, width << 8 | lowest);
    }

    private long saturate() {
        boolean arithmetic = field('y') == 1;
        if (d == PC || n == PC || (arithmetic && imm == 0)) {
            return unpredictable();
        }
        return Instruction.pack(row.op(), d, n, 0, field('y'), (field('w') << 8) | imm);
    }

    private long options() {
        if (row.op() == Op.PARALLEL) {
            if ((field('o') & 3) == 3) {
                return undefined();
            }
            int operation = bits >>> 20 & 7;
            return d == PC || n == PC || m == PC
                    ? unpredictable()
                    : Instruction.pack(row.op(), d, n, m, operation, field('o'));
        }
        if (row.op() == Op.STREX || row.op() == Op.STREXB || row.op() == Op.STREXH) {
            int status = field('d');
            int from = field('t');
            return status == PC || from == PC || n == PC || status == n || status == from
                    ? unpredictable()
                    : Instruction.pack(row.op(), from, n, 0, status, imm * 4);
        }
        return d == PC || n == PC || m == PC || a == PC
                ? unpredictable()
                : Instruction.pack(row.op(), d, n, m, a, field('o'));
    }

    private long multiply() {
        return d == PC || n == PC || m == PC
                ? unpredictable()
                : Instruction.pack(row.op(), d, n, m, a, field('o'));
    }

    private long multiplyLong() {
        return d == PC || n == PC || m == PC || a == PC || d == a
                ? unpredictable()
                : Instruction.pack(row.op(), d, n, m, a, field('o'));
    }

    private long extend() {
        if (d == PC || m == PC) {
            return unpredictable();
        }
        if (n == PC && imm == 0) {
            int plain =
                    switch (row.op()) {
                        case Op.SXTAB -> Op.SXTB;
                        case Op.UXTAB -> Op.UXTB;
                        case Op.SXTAH -> Op.SXTH;
                        case Op.UXTAH -> Op.UXTH;
                        default -> 0;
                    };
            if (plain != 0) {
                return Instruction.pack(plain, d, 0, m, 0, 0);
            }
        }
        return Instruction.pack(row.op(), d, n, m, 0, imm * 8);
    }

    // ---------------------------------------------------------------- loads and stores

    private boolean isLoadOfSpOrPc() {
        return row.op() == Op.LDR_IMM && d >= SP && d != LR;
    }

    private boolean isHint() {
        boolean narrowLoad =
                (row.op() >= Op.LDRB_IMM && row.op() <= Op.LDRSH_IMM)
                        || (row.op() >= Op.LDRB_REG && row.op() <= Op.LDRSH_REG)
                        || (row.op() >= Op.LDRB_LIT && row.op() <= Op.LDRSH_LIT);
        return d == PC && narrowLoad;
    }

    private long nop() {
        return Instruction.pack(Op.NOP, 0, 0, 0, 0, 0);
    }

    private long offset(int value) {
        if (isHint()) {
            return nop();
        }
        if (n == PC || (d == PC && row.op() != Op.LDR_IMM)) {
            return unpredictable();
        }
        return isLoadOfSpOrPc()
                ? Instruction.pack(Op.LDR_ANY, d, n, 0, BY_IMMEDIATE, value)
                : Instruction.pack(row.op(), d, n, 0, 0, value);
    }

    private long indexed() {
        boolean pre = field('p') == 1;
        boolean update = field('w') == 1;
        if ((!pre && !update) || n == PC) {
            return undefined();
        }
        int value = field('u') == 1 ? imm : -imm;
        if (!update) {
            return offset(value);
        }
        if ((d == PC && row.op() != Op.LDR_IMM) || d == n) {
            return unpredictable();
        }
        if (isLoadOfSpOrPc()) {
            return Instruction.pack(Op.LDR_ANY, d, n, 0, pre ? PRE_INDEXED : POST_INDEXED, value);
        }
        return Instruction.pack(row.op() + TO_UPDATE, d, n, 0, pre ? 1 : 0, value);
    }

    private long registerOffset() {
        if (isHint()) {
            return nop();
        }
        if (n == PC || m == PC || (d == PC && row.op() != Op.LDR_REG)) {
            return unpredictable();
        }
        if (row.op() - TO_REGISTER == Op.LDR_IMM && (d == PC || d == SP)) {
            return Instruction.pack(Op.LDR_ANY, d, n, m, BY_REGISTER, imm);
        }
        return Instruction.pack(row.op(), d, n, m, 0, imm);
    }

    private long literal(int target) {
        if (isHint()) {
            return nop();
        }
        if (d == PC || d == SP) {
            return row.op() == Op.LDR_LIT
                    ? Instruction.pack(Op.LDR_ANY, d, 0, 0, ABSOLUTE, target)
                    : unpredictable();
        }
        return Instruction.pack(row.op(), d, 0, 0, 0, target);
    }

    private long dual() {
        boolean pre = (bits >>> 24 & 1) == 1;
        boolean update = field('w') == 1 || !pre;
        int value = (field('u') == 1 ? imm : -imm) * 4;
        boolean load = row.op() == Op.LDRD;
        if (d == PC || a == PC || d == SP || a == SP || (load && d == a)) {
            return unpredictable();
        }
        if (n == PC) {
            // The literal form: the address is known now. Offset 0 from no register.
            return load && !update
                    ? Instruction.pack(Op.LDRD, d, PC, ABSOLUTE, a, alignedPc() + value)
                    : unpredictable();
        }
        if (update && (n == d || n == a)) {
            return unpredictable();
        }
        int kind = !update ? BY_IMMEDIATE : pre ? PRE_INDEXED : POST_INDEXED;
        return Instruction.pack(row.op(), d, n, kind, a, value);
    }

    private long multiple(int flags) {
        int registers = field('r');
        if (row.bits() == 32) {
            // Bit 13, the SP, is always clear and not part of the field.
            registers = registers >>> 13 << 14 | (registers & 0x1FFF);
        }
        boolean load = row.op() == Op.LDM;
        boolean writeBack = (flags & WRITE_BACK) != 0;
        boolean wide = row.bits() == 32;
        if (n == PC
                || (wide && Integer.bitCount(registers) < 2)
                || (wide && writeBack && (registers >>> n & 1) == 1)
                || registers >>> 14 == 3) {
            return unpredictable();
        }
        if (n == SP && writeBack) {
            if (load && (flags & DECREMENT_BEFORE) == 0) {
                return list(registers >>> PC != 0 ? Op.POP_PC : Op.POP, SP, 0, registers);
            }
            if (!load && (flags & DECREMENT_BEFORE) != 0) {
                return list(Op.PUSH, SP, 0, registers);
            }
        }
        int op = load && registers >>> PC != 0 ? Op.LDM_PC : row.op();
        return list(op, n, flags, registers);
    }

    // ---------------------------------------------------------------- branches

    private long branch(int op, int offset) {
        return Instruction.pack(op, 0, 0, 0, 0, pc() + offset);
    }

    private int conditional(int condition) {
        return inIt ? Op.UNPREDICTABLE : Op.BEQ + condition;
    }

    private long branchWideConditional() {
        int condition = field('c');
        if (condition >= 14) {
            return undefined();
        }
        int offset = field('g') << 20 | field('k') << 19 | field('j') << 18 | imm << 1;
        // The diagram has J1 before J2 and the offset is S:J2:J1:imm6:imm11:0.
        return branch(conditional(condition), signExtend(offset, 21));
    }

    private long branchWide() {
        int sign = field('g');
        int i1 = ~(field('j') ^ sign) & 1;
        int i2 = ~(field('k') ^ sign) & 1;
        int offset = sign << 24 | i1 << 23 | i2 << 22 | imm << 1;
        return branch(row.op(), signExtend(offset, 25));
    }

    private long branchRegister() {
        boolean table = row.op() == Op.TBB || row.op() == Op.TBH;
        if (table) {
            return m == PC || m == SP
                    ? unpredictable()
                    : Instruction.pack(row.op(), 0, n, m, 0, pc());
        }
        if (m == PC) {
            return row.op() == Op.BX
                    ? Instruction.pack(Op.BX, 0, 0, PC, 0, pc() & ~3)
                    : unpredictable();
        }
        return Instruction.pack(row.op(), 0, 0, m, 0, 0);
    }

    private long itBlock() {
        int condition = field('c');
        int mask = field('k');
        boolean always = condition == 14 && Integer.bitCount(mask) != 1;
        if (condition == 15 || always || inIt) {
            return unpredictable();
        }
        return Instruction.pack(Op.IT, 0, 0, 0, 0, condition << 4 | mask);
    }

    // ---------------------------------------------------------------- floating point

    /** VSEL and its like have no condition field and no place in an IT block. */
    private long floatData() {
        boolean unconditional = bits >>> 28 == 0xF;
        return unconditional && inIt
                ? unpredictable()
                : Instruction.pack(row.op(), 0, 0, 0, 0, floatRegisters(field('o')));
    }

    private long floatPair() {
        boolean isDouble = row.op() == Op.VMOV_D_TO_CORE || row.op() == Op.VMOV_D_FROM_CORE;
        boolean toCore = row.op() == Op.VMOV_D_TO_CORE || row.op() == Op.VMOV_PAIR_TO_CORE;
        int register = m << 1 | field('M');
        if (isDouble && field('M') == 1) {
            return undefined();
        }
        boolean last = !isDouble && register == 31;
        return d == PC || a == PC || last || (toCore && d == a)
                ? unpredictable()
                : Instruction.pack(row.op(), d, 0, 0, a, register);
    }

    /** Numbers of the single registers: d in bits 0-7, n in 8-15, m in 16-23, options above. */
    private int floatRegisters(int options) {
        int sd = d << 1 | field('D');
        int sn = n << 1 | field('N');
        int sm = m << 1 | field('M');
        return sd | sn << 8 | sm << 16 | options << 24;
    }

    private long floatOffset() {
        int value = (field('u') == 1 ? imm : -imm) * 4;
        boolean isDouble = row.op() == Op.VLDR_D || row.op() == Op.VSTR_D;
        int register = floatRegister(isDouble);
        if (register > 31) {
            return undefined();
        }
        if (n == PC) {
            // The literal form has a known address.
            return row.op() == Op.VSTR || row.op() == Op.VSTR_D
                    ? unpredictable()
                    : Instruction.pack(
                            row.op(),
                            register & 15,
                            PC,
                            register >>> 4,
                            ABSOLUTE,
                            alignedPc() + value);
        }
        return Instruction.pack(row.op(), register & 15, n, register >>> 4, 0, value);
    }

    /** Number of the first single register. */
    private int floatRegister(boolean isDouble) {
        return isDouble ? (field('D') << 4 | d) * 2 : d << 1 | field('D');
    }

    private long floatMultiple() {
        boolean pre = field('p') == 1;
        boolean up = field('u') == 1;
        boolean update = field('w') == 1;
        boolean isDouble = row.op() == Op.VLDM_D || row.op() == Op.VSTM_D;
        int first = floatRegister(isDouble);
        int count = isDouble ? imm & ~1 : imm;
        if ((pre == up && update) || (!pre && !up) || (pre && !update)) {
            return undefined();
        }
        if (count == 0 || first + count > 32 || (n == PC && update)) {
            return unpredictable();
        }
        int flags = (update ? WRITE_BACK : 0) | (pre ? DECREMENT_BEFORE : 0);
        // An odd count of FLDMX moves the base by one more word.
        return Instruction.pack(row.op(), 0, n, 0, flags, first | count << 8 | imm << 16);
    }

    private long floatCore() {
        if (d == PC && row.op() != Op.VMRS) {
            return unpredictable();
        }
        boolean half = row.op() == Op.VMOV_SCALAR_FROM_CORE || row.op() == Op.VMOV_SCALAR_TO_CORE;
        int register = half ? (field('N') << 4 | n) * 2 + imm : n << 1 | field('N');
        return register > 31 ? undefined() : Instruction.pack(row.op(), d, 0, 0, 0, register);
    }

    private long floatImmediate() {
        int sign = imm >>> 7 << 31;
        int exponent = (imm >>> 6 & 1) == 1 ? 0x3E00_0000 : 0x4000_0000;
        int value = sign | exponent | (imm & 0x3F) << 19;
        int register = floatRegister(false);
        return Instruction.pack(row.op(), register & 15, 0, register >>> 4, 0, value);
    }

    private long floatFixed() {
        // imm is i:imm4 in diagram order; the manual's number is imm4:i. Option bit 0 says 32 bits.
        int value = ((imm & 15) << 1) | imm >>> 4;
        int fractionBits = ((field('o') & 1) == 1 ? 32 : 16) - value;
        if (fractionBits < 0) {
            return unpredictable();
        }
        int register = (d << 1) | field('D');
        return Instruction.pack(
                row.op(), 0, 0, 0, 0, register | (field('o') << 24) | (fractionBits << 8));
    }
}
