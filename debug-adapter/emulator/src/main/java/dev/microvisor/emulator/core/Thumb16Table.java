package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Row.row;

import java.util.List;

/** The 16-bit encodings, in the order of the Armv8-M manual's chapter C2. */
final class Thumb16Table {
    static final List<Row> ROWS =
            List.of(
                    // Shift (immediate), add, subtract, move, compare.
                    row(
                            "LSL (immediate) T1",
                            "000 00 iiiii mmm ddd",
                            Shift.LSL,
                            Form.SHIFT_16_IMMEDIATE),
                    row("MOV (register) T2", "000 00 00000 mmm ddd", Alu.MOV, Form.ALU_16),
                    row(
                            "LSR (immediate) T1",
                            "000 01 iiiii mmm ddd",
                            Shift.LSR,
                            Form.SHIFT_16_IMMEDIATE),
                    row(
                            "ASR (immediate) T1",
                            "000 10 iiiii mmm ddd",
                            Shift.ASR,
                            Form.SHIFT_16_IMMEDIATE),
                    row("ADD (register) T1", "000 11 00 mmm nnn ddd", Alu.ADD, Form.ALU_16),
                    row("SUB (register) T1", "000 11 01 mmm nnn ddd", Alu.SUB, Form.ALU_16),
                    row(
                            "ADD (immediate) T1",
                            "000 11 10 iii nnn ddd",
                            Alu.ADD,
                            Form.ALU_16_IMMEDIATE),
                    row(
                            "SUB (immediate) T1",
                            "000 11 11 iii nnn ddd",
                            Alu.SUB,
                            Form.ALU_16_IMMEDIATE),
                    row(
                            "MOV (immediate) T1",
                            "001 00 ddd iiiiiiii",
                            Alu.MOV,
                            Form.ALU_16_IMMEDIATE),
                    row(
                            "CMP (immediate) T1",
                            "001 01 nnn iiiiiiii",
                            Alu.CMP,
                            Form.ALU_16_IMMEDIATE),
                    row(
                            "ADD (immediate) T2",
                            "001 10 eee iiiiiiii",
                            Alu.ADD,
                            Form.ALU_16_IMMEDIATE),
                    row(
                            "SUB (immediate) T2",
                            "001 11 eee iiiiiiii",
                            Alu.SUB,
                            Form.ALU_16_IMMEDIATE),
                    // Data processing.
                    row("AND (register) T1", "010000 0000 mmm eee", Alu.AND, Form.ALU_16),
                    row("EOR (register) T1", "010000 0001 mmm eee", Alu.EOR, Form.ALU_16),
                    row(
                            "LSL (register) T1",
                            "010000 0010 mmm eee",
                            Shift.LSL,
                            Form.SHIFT_16_REGISTER),
                    row(
                            "LSR (register) T1",
                            "010000 0011 mmm eee",
                            Shift.LSR,
                            Form.SHIFT_16_REGISTER),
                    row(
                            "ASR (register) T1",
                            "010000 0100 mmm eee",
                            Shift.ASR,
                            Form.SHIFT_16_REGISTER),
                    row("ADC (register) T1", "010000 0101 mmm eee", Alu.ADC, Form.ALU_16),
                    row("SBC (register) T1", "010000 0110 mmm eee", Alu.SBC, Form.ALU_16),
                    row(
                            "ROR (register) T1",
                            "010000 0111 mmm eee",
                            Shift.ROR,
                            Form.SHIFT_16_REGISTER),
                    row("TST (register) T1", "010000 1000 mmm nnn", Alu.TST, Form.ALU_16),
                    row(
                            "RSB (immediate) T1",
                            "010000 1001 nnn ddd",
                            Alu.RSB,
                            Form.ALU_16_IMMEDIATE),
                    row("CMP (register) T1", "010000 1010 mmm nnn", Alu.CMP, Form.ALU_16),
                    row("CMN (register) T1", "010000 1011 mmm nnn", Alu.CMN, Form.ALU_16),
                    row("ORR (register) T1", "010000 1100 mmm eee", Alu.ORR, Form.ALU_16),
                    row("MUL T1", "010000 1101 nnn ddd", Op.MUL, Form.MULTIPLY_16),
                    row("BIC (register) T1", "010000 1110 mmm eee", Alu.BIC, Form.ALU_16),
                    row("MVN (register) T1", "010000 1111 mmm ddd", Alu.MVN, Form.ALU_16),
                    // Special data and branch exchange.
                    row("ADD (register) T2", "010001 00 e mmmm eee", Alu.ADD, Form.ALU_HIGH),
                    row("CMP (register) T2", "010001 01 n mmmm nnn", Alu.CMP, Form.ALU_HIGH),
                    row("MOV (register) T1", "010001 10 d mmmm ddd", Alu.MOV, Form.ALU_HIGH),
                    row("BX", "010001 11 0 mmmm 000", Op.BX, Form.BRANCH_REGISTER),
                    row("BXNS (secure only)", "010001 11 0 mmmm 100", Op.UNDEFINED),
                    row("BLX (register)", "010001 11 1 mmmm 000", Op.BLX, Form.BRANCH_REGISTER),
                    row("BLXNS (secure only)", "010001 11 1 mmmm 100", Op.UNDEFINED),
                    // Load and store single.
                    row("LDR (literal) T1", "01001 ttt iiiiiiii", Op.LDR_LIT, Form.LITERAL_TIMES_4),
                    row(
                            "STR (register) T1",
                            "0101 000 mmm nnn ttt",
                            Op.STR_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "STRH (register) T1",
                            "0101 001 mmm nnn ttt",
                            Op.STRH_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "STRB (register) T1",
                            "0101 010 mmm nnn ttt",
                            Op.STRB_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "LDRSB (register) T1",
                            "0101 011 mmm nnn ttt",
                            Op.LDRSB_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "LDR (register) T1",
                            "0101 100 mmm nnn ttt",
                            Op.LDR_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "LDRH (register) T1",
                            "0101 101 mmm nnn ttt",
                            Op.LDRH_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "LDRB (register) T1",
                            "0101 110 mmm nnn ttt",
                            Op.LDRB_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "LDRSH (register) T1",
                            "0101 111 mmm nnn ttt",
                            Op.LDRSH_REG,
                            Form.REGISTER_OFFSET),
                    row("STR (immediate) T1", "011 00 iiiii nnn ttt", Op.STR_IMM, Form.TIMES_4),
                    row("LDR (immediate) T1", "011 01 iiiii nnn ttt", Op.LDR_IMM, Form.TIMES_4),
                    row("STRB (immediate) T1", "011 10 iiiii nnn ttt", Op.STRB_IMM, Form.PLAIN),
                    row("LDRB (immediate) T1", "011 11 iiiii nnn ttt", Op.LDRB_IMM, Form.PLAIN),
                    row("STRH (immediate) T1", "100 00 iiiii nnn ttt", Op.STRH_IMM, Form.TIMES_2),
                    row("LDRH (immediate) T1", "100 01 iiiii nnn ttt", Op.LDRH_IMM, Form.TIMES_2),
                    row("STR (immediate) T2", "100 10 ttt iiiiiiii", Op.STR_IMM, Form.SP_TIMES_4),
                    row("LDR (immediate) T2", "100 11 ttt iiiiiiii", Op.LDR_IMM, Form.SP_TIMES_4),
                    row("ADR T1", "1010 0 ddd iiiiiiii", Op.MOV_IMM, Form.ADR_TIMES_4),
                    row(
                            "ADD (SP plus immediate) T1",
                            "1010 1 ddd iiiiiiii",
                            Op.ADD_IMM,
                            Form.SP_TIMES_4),
                    // Miscellaneous.
                    row(
                            "ADD (SP plus immediate) T2",
                            "1011 0000 0 iiiiiii",
                            Op.ADD_SP_IMM,
                            Form.ADD_SP),
                    row(
                            "SUB (SP minus immediate) T1",
                            "1011 0000 1 iiiiiii",
                            Op.ADD_SP_IMM,
                            Form.SUB_SP),
                    row("CBZ", "1011 00 i 1 iiiii nnn", Op.CBZ, Form.COMPARE_AND_BRANCH),
                    row("CBNZ", "1011 10 i 1 iiiii nnn", Op.CBNZ, Form.COMPARE_AND_BRANCH),
                    row("SXTH T1", "1011 0010 00 mmm ddd", Op.SXTH),
                    row("SXTB T1", "1011 0010 01 mmm ddd", Op.SXTB),
                    row("UXTH T1", "1011 0010 10 mmm ddd", Op.UXTH),
                    row("UXTB T1", "1011 0010 11 mmm ddd", Op.UXTB),
                    row("PUSH T1", "1011 0 10 p rrrrrrrr", Op.PUSH, Form.PUSH_16),
                    row("CPS", "1011 0110 011 d 0 0 ii", Op.CPS, Form.OUTSIDE_IT),
                    row("REV T1", "1011 1010 00 mmm ddd", Op.REV),
                    row("REV16 T1", "1011 1010 01 mmm ddd", Op.REV16),
                    row("REVSH T1", "1011 1010 11 mmm ddd", Op.REVSH),
                    row("POP T1", "1011 1 10 p rrrrrrrr", Op.POP, Form.POP_16),
                    row("BKPT", "1011 1110 iiiiiiii", Op.BKPT),
                    row("IT", "1011 1111 cccc kkkk", Op.IT, Form.IT_BLOCK),
                    row("NOP and unallocated hints", "1011 1111 iiii 0000", Op.NOP),
                    row("YIELD T1", "1011 1111 0001 0000", Op.NOP),
                    row("WFE T1", "1011 1111 0010 0000", Op.WFE),
                    row("WFI T1", "1011 1111 0011 0000", Op.WFI),
                    row("SEV T1", "1011 1111 0100 0000", Op.SEV),
                    // Multiple loads and stores, branches.
                    row("STM T1", "1100 0 nnn rrrrrrrr", Op.STM, Form.STORE_MULTIPLE_16),
                    row("LDM T1", "1100 1 nnn rrrrrrrr", Op.LDM, Form.LOAD_MULTIPLE_16),
                    row("B T1", "1101 cccc iiiiiiii", Op.B, Form.BRANCH_CONDITIONAL),
                    row("UDF T1", "1101 1110 iiiiiiii", Op.UDF),
                    row("SVC", "1101 1111 iiiiiiii", Op.SVC),
                    row("B T2", "11100 iiiiiiiiiii", Op.B, Form.BRANCH));

    /** What the manual leaves unallocated; executing it is a UsageFault. */
    static final List<Row> UNDEFINED =
            List.of(
                    row(
                            "BX, BLX with bits that should be zero",
                            "010001 11 iiiiiiii",
                            Op.UNDEFINED),
                    row("unallocated, SETEND in A profile", "1011 0110 0 iiiiiii", Op.UNDEFINED),
                    row("unallocated beside CPS", "1011 0110 1 iiiiiii", Op.UNDEFINED),
                    row("unallocated beside CPS", "1011 0110 011 i 1 iii", Op.UNDEFINED),
                    row("unallocated beside CPS", "1011 0110 011 i 01 ii", Op.UNDEFINED),
                    row("unallocated", "1011 0111 iiiiiiii", Op.UNDEFINED),
                    row("unallocated", "1011 1000 iiiiiiii", Op.UNDEFINED),
                    row("unallocated, HLT in A profile", "1011 1010 10 iiiiii", Op.UNDEFINED));

    private Thumb16Table() {}
}
