package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Row.row;

import java.util.List;

/** The 32-bit encodings without floating point, in the order of the Armv8-M manual's chapter C2. */
final class Thumb32Table {
    static final List<Row> ROWS =
            List.of(
                    // Load and store multiple.
                    row(
                            "STM T2",
                            "1110100 010 w 0 nnnn 0 r 0 rrrrrrrrrrrrr",
                            Op.STM,
                            Form.STORE_MULTIPLE),
                    row(
                            "LDM T2",
                            "1110100 010 w 1 nnnn r r 0 rrrrrrrrrrrrr",
                            Op.LDM,
                            Form.LOAD_MULTIPLE),
                    row(
                            "STMDB T1",
                            "1110100 100 w 0 nnnn 0 r 0 rrrrrrrrrrrrr",
                            Op.STM,
                            Form.STORE_MULTIPLE_DB),
                    row(
                            "LDMDB T1",
                            "1110100 100 w 1 nnnn r r 0 rrrrrrrrrrrrr",
                            Op.LDM,
                            Form.LOAD_MULTIPLE_DB),
                    // Load and store dual, exclusive, acquire and release, table branch.
                    row(
                            "STRD (immediate) T1 offset",
                            "1110100 1 u 1 w 0 nnnn tttt aaaa iiiiiiii",
                            Op.STRD,
                            Form.DUAL),
                    row(
                            "STRD (immediate) T1 post-indexed",
                            "1110100 0 u 1 1 0 nnnn tttt aaaa iiiiiiii",
                            Op.STRD,
                            Form.DUAL),
                    row(
                            "LDRD (immediate) T1 offset",
                            "1110100 1 u 1 w 1 nnnn tttt aaaa iiiiiiii",
                            Op.LDRD,
                            Form.DUAL),
                    row(
                            "LDRD (immediate) T1 post-indexed",
                            "1110100 0 u 1 1 1 nnnn tttt aaaa iiiiiiii",
                            Op.LDRD,
                            Form.DUAL),
                    row("SG", "1110100 1 0 1 1 1 1111 1110 1001 01111111", Op.SG, Form.OUTSIDE_IT),
                    row("STREX", "1110100 0010 0 nnnn tttt dddd iiiiiiii", Op.STREX, Form.OPTIONS),
                    row("LDREX", "1110100 0010 1 nnnn tttt 1111 iiiiiiii", Op.LDREX, Form.TIMES_4),
                    row("TT", "1110100 0010 0 nnnn 1111 dddd iiiiiiii", Op.TT),
                    row(
                            "STREXB",
                            "1110100 0110 0 nnnn tttt 1111 0100 dddd",
                            Op.STREXB,
                            Form.OPTIONS),
                    row(
                            "STREXH",
                            "1110100 0110 0 nnnn tttt 1111 0101 dddd",
                            Op.STREXH,
                            Form.OPTIONS),
                    row("STLB", "1110100 0110 0 nnnn tttt 1111 1000 1111", Op.STLB),
                    row("STLH", "1110100 0110 0 nnnn tttt 1111 1001 1111", Op.STLH),
                    row("STL", "1110100 0110 0 nnnn tttt 1111 1010 1111", Op.STL),
                    row(
                            "STLEXB",
                            "1110100 0110 0 nnnn tttt 1111 1100 dddd",
                            Op.STREXB,
                            Form.OPTIONS),
                    row(
                            "STLEXH",
                            "1110100 0110 0 nnnn tttt 1111 1101 dddd",
                            Op.STREXH,
                            Form.OPTIONS),
                    row("STLEX", "1110100 0110 0 nnnn tttt 1111 1110 dddd", Op.STREX, Form.OPTIONS),
                    row(
                            "TBB",
                            "1110100 0110 1 nnnn 1111 0000 0000 mmmm",
                            Op.TBB,
                            Form.BRANCH_REGISTER),
                    row(
                            "TBH",
                            "1110100 0110 1 nnnn 1111 0000 0001 mmmm",
                            Op.TBH,
                            Form.BRANCH_REGISTER),
                    row("LDREXB", "1110100 0110 1 nnnn tttt 1111 0100 1111", Op.LDREXB),
                    row("LDREXH", "1110100 0110 1 nnnn tttt 1111 0101 1111", Op.LDREXH),
                    row("LDAB", "1110100 0110 1 nnnn tttt 1111 1000 1111", Op.LDAB),
                    row("LDAH", "1110100 0110 1 nnnn tttt 1111 1001 1111", Op.LDAH),
                    row("LDA", "1110100 0110 1 nnnn tttt 1111 1010 1111", Op.LDA),
                    row("LDAEXB", "1110100 0110 1 nnnn tttt 1111 1100 1111", Op.LDREXB),
                    row("LDAEXH", "1110100 0110 1 nnnn tttt 1111 1101 1111", Op.LDREXH),
                    row("LDAEX", "1110100 0110 1 nnnn tttt 1111 1110 1111", Op.LDREX),
                    // Data processing (shifted register).
                    row(
                            "AND (register) T2",
                            "1110101 0000 s nnnn 0 iii dddd ii yy mmmm",
                            Alu.AND,
                            Form.ALU_SHIFTED),
                    row(
                            "TST (register) T2",
                            "1110101 0000 1 nnnn 0 iii 1111 ii yy mmmm",
                            Alu.TST,
                            Form.ALU_SHIFTED),
                    row(
                            "BIC (register) T2",
                            "1110101 0001 s nnnn 0 iii dddd ii yy mmmm",
                            Alu.BIC,
                            Form.ALU_SHIFTED),
                    row(
                            "ORR (register) T2",
                            "1110101 0010 s nnnn 0 iii dddd ii yy mmmm",
                            Alu.ORR,
                            Form.ALU_SHIFTED),
                    row(
                            "MOV (register) T3",
                            "1110101 0010 s 1111 0 iii dddd ii yy mmmm",
                            Alu.MOV,
                            Form.ALU_SHIFTED),
                    row(
                            "ORN (register) T1",
                            "1110101 0011 s nnnn 0 iii dddd ii yy mmmm",
                            Alu.ORN,
                            Form.ALU_SHIFTED),
                    row(
                            "MVN (register) T2",
                            "1110101 0011 s 1111 0 iii dddd ii yy mmmm",
                            Alu.MVN,
                            Form.ALU_SHIFTED),
                    row(
                            "EOR (register) T2",
                            "1110101 0100 s nnnn 0 iii dddd ii yy mmmm",
                            Alu.EOR,
                            Form.ALU_SHIFTED),
                    row(
                            "TEQ (register) T1",
                            "1110101 0100 1 nnnn 0 iii 1111 ii yy mmmm",
                            Alu.TEQ,
                            Form.ALU_SHIFTED),
                    row("PKHBT", "1110101 0110 0 nnnn 0 iii dddd ii 00 mmmm", Op.PKHBT),
                    row("PKHTB", "1110101 0110 0 nnnn 0 iii dddd ii 10 mmmm", Op.PKHTB),
                    row(
                            "ADD (register) T3",
                            "1110101 1000 s nnnn 0 iii dddd ii yy mmmm",
                            Alu.ADD,
                            Form.ALU_SHIFTED),
                    row(
                            "CMN (register) T2",
                            "1110101 1000 1 nnnn 0 iii 1111 ii yy mmmm",
                            Alu.CMN,
                            Form.ALU_SHIFTED),
                    row(
                            "ADC (register) T2",
                            "1110101 1010 s nnnn 0 iii dddd ii yy mmmm",
                            Alu.ADC,
                            Form.ALU_SHIFTED),
                    row(
                            "SBC (register) T2",
                            "1110101 1011 s nnnn 0 iii dddd ii yy mmmm",
                            Alu.SBC,
                            Form.ALU_SHIFTED),
                    row(
                            "SUB (register) T2",
                            "1110101 1101 s nnnn 0 iii dddd ii yy mmmm",
                            Alu.SUB,
                            Form.ALU_SHIFTED),
                    row(
                            "CMP (register) T3",
                            "1110101 1101 1 nnnn 0 iii 1111 ii yy mmmm",
                            Alu.CMP,
                            Form.ALU_SHIFTED),
                    row(
                            "RSB (register) T1",
                            "1110101 1110 s nnnn 0 iii dddd ii yy mmmm",
                            Alu.RSB,
                            Form.ALU_SHIFTED),
                    // Data processing (modified immediate).
                    row(
                            "AND (immediate) T1",
                            "11110 i 0 0000 s nnnn 0 iii dddd iiiiiiii",
                            Alu.AND,
                            Form.ALU_EXPANDED),
                    row(
                            "TST (immediate) T1",
                            "11110 i 0 0000 1 nnnn 0 iii 1111 iiiiiiii",
                            Alu.TST,
                            Form.ALU_EXPANDED),
                    row(
                            "BIC (immediate) T1",
                            "11110 i 0 0001 s nnnn 0 iii dddd iiiiiiii",
                            Alu.BIC,
                            Form.ALU_EXPANDED),
                    row(
                            "ORR (immediate) T1",
                            "11110 i 0 0010 s nnnn 0 iii dddd iiiiiiii",
                            Alu.ORR,
                            Form.ALU_EXPANDED),
                    row(
                            "MOV (immediate) T2",
                            "11110 i 0 0010 s 1111 0 iii dddd iiiiiiii",
                            Alu.MOV,
                            Form.ALU_EXPANDED),
                    row(
                            "ORN (immediate) T1",
                            "11110 i 0 0011 s nnnn 0 iii dddd iiiiiiii",
                            Alu.ORN,
                            Form.ALU_EXPANDED),
                    row(
                            "MVN (immediate) T1",
                            "11110 i 0 0011 s 1111 0 iii dddd iiiiiiii",
                            Alu.MVN,
                            Form.ALU_EXPANDED),
                    row(
                            "EOR (immediate) T1",
                            "11110 i 0 0100 s nnnn 0 iii dddd iiiiiiii",
                            Alu.EOR,
                            Form.ALU_EXPANDED),
                    row(
                            "TEQ (immediate) T1",
                            "11110 i 0 0100 1 nnnn 0 iii 1111 iiiiiiii",
                            Alu.TEQ,
                            Form.ALU_EXPANDED),
                    row(
                            "ADD (immediate) T3",
                            "11110 i 0 1000 s nnnn 0 iii dddd iiiiiiii",
                            Alu.ADD,
                            Form.ALU_EXPANDED),
                    row(
                            "CMN (immediate) T1",
                            "11110 i 0 1000 1 nnnn 0 iii 1111 iiiiiiii",
                            Alu.CMN,
                            Form.ALU_EXPANDED),
                    row(
                            "ADC (immediate) T1",
                            "11110 i 0 1010 s nnnn 0 iii dddd iiiiiiii",
                            Alu.ADC,
                            Form.ALU_EXPANDED),
                    row(
                            "SBC (immediate) T1",
                            "11110 i 0 1011 s nnnn 0 iii dddd iiiiiiii",
                            Alu.SBC,
                            Form.ALU_EXPANDED),
                    row(
                            "SUB (immediate) T3",
                            "11110 i 0 1101 s nnnn 0 iii dddd iiiiiiii",
                            Alu.SUB,
                            Form.ALU_EXPANDED),
                    row(
                            "CMP (immediate) T2",
                            "11110 i 0 1101 1 nnnn 0 iii 1111 iiiiiiii",
                            Alu.CMP,
                            Form.ALU_EXPANDED),
                    row(
                            "RSB (immediate) T2",
                            "11110 i 0 1110 s nnnn 0 iii dddd iiiiiiii",
                            Alu.RSB,
                            Form.ALU_EXPANDED),
                    // Data processing (plain binary immediate).
                    row(
                            "ADD (immediate) T4",
                            "11110 i 1 00000 nnnn 0 iii dddd iiiiiiii",
                            Alu.ADD,
                            Form.ALU_WIDE_IMMEDIATE),
                    row(
                            "ADR T3",
                            "11110 i 1 00000 1111 0 iii dddd iiiiiiii",
                            Op.MOV_IMM,
                            Form.ADR_ADD),
                    row(
                            "MOV (immediate) T3",
                            "11110 i 1 00100 jjjj 0 iii dddd iiiiiiii",
                            Op.MOV_IMM,
                            Form.MOV_WIDE),
                    row(
                            "SUB (immediate) T4",
                            "11110 i 1 01010 nnnn 0 iii dddd iiiiiiii",
                            Alu.SUB,
                            Form.ALU_WIDE_IMMEDIATE),
                    row(
                            "ADR T2",
                            "11110 i 1 01010 1111 0 iii dddd iiiiiiii",
                            Op.MOV_IMM,
                            Form.ADR_SUB),
                    row("MOVT", "11110 i 1 01100 jjjj 0 iii dddd iiiiiiii", Op.MOVT, Form.MOV_TOP),
                    row(
                            "SSAT",
                            "11110 0 1 100 y 0 nnnn 0 iii dddd ii 0 wwwww",
                            Op.SSAT,
                            Form.SATURATE),
                    row(
                            "SSAT16",
                            "11110 0 1 10010 nnnn 0 000 dddd 00 00 wwww",
                            Op.SSAT16,
                            Form.SATURATE),
                    row(
                            "SBFX",
                            "11110 0 1 10100 nnnn 0 iii dddd ii 0 wwwww",
                            Op.SBFX,
                            Form.BIT_FIELD),
                    row(
                            "BFI",
                            "11110 0 1 10110 nnnn 0 iii dddd ii 0 wwwww",
                            Op.BFI,
                            Form.BIT_FIELD),
                    row(
                            "BFC",
                            "11110 0 1 10110 1111 0 iii dddd ii 0 wwwww",
                            Op.BFC,
                            Form.BIT_FIELD),
                    row(
                            "USAT",
                            "11110 0 1 110 y 0 nnnn 0 iii dddd ii 0 wwwww",
                            Op.USAT,
                            Form.SATURATE),
                    row(
                            "USAT16",
                            "11110 0 1 11010 nnnn 0 000 dddd 00 00 wwww",
                            Op.USAT16,
                            Form.SATURATE),
                    row(
                            "UBFX",
                            "11110 0 1 11100 nnnn 0 iii dddd ii 0 wwwww",
                            Op.UBFX,
                            Form.BIT_FIELD),
                    // Branches and miscellaneous control.
                    row(
                            "B T3",
                            "11110 g cccc iiiiii 10 j 0 k iiiiiiiiiii",
                            Op.B,
                            Form.BRANCH_WIDE_CONDITIONAL),
                    row("B T4", "11110 g iiiiiiiiii 10 j 1 k iiiiiiiiiii", Op.B, Form.BRANCH_WIDE),
                    row("BL", "11110 g iiiiiiiiii 11 j 1 k iiiiiiiiiii", Op.BL, Form.BRANCH_WIDE),
                    row("MSR (register)", "11110 0 1110 00 nnnn 1000 iiii iiiiiiii", Op.MSR),
                    row("MRS", "11110 0 1111 10 1111 1000 dddd iiiiiiii", Op.MRS),
                    row(
                            "NOP T2 and unallocated hints",
                            "11110 0 1110 10 1111 1000 0000 iiiiiiii",
                            Op.NOP),
                    row("YIELD T2", "11110 0 1110 10 1111 1000 0000 00000001", Op.NOP),
                    row("WFE T2", "11110 0 1110 10 1111 1000 0000 00000010", Op.WFE),
                    row("WFI T2", "11110 0 1110 10 1111 1000 0000 00000011", Op.WFI),
                    row("SEV T2", "11110 0 1110 10 1111 1000 0000 00000100", Op.SEV),
                    row("CLREX", "11110 0 1110 11 1111 1000 1111 0010 1111", Op.CLREX),
                    row("DSB", "11110 0 1110 11 1111 1000 1111 0100 iiii", Op.BARRIER),
                    row("DMB", "11110 0 1110 11 1111 1000 1111 0101 iiii", Op.BARRIER),
                    row("ISB", "11110 0 1110 11 1111 1000 1111 0110 iiii", Op.BARRIER),
                    row("UDF T2", "11110 1111111 iiii 1010 iiii iiiiiiii", Op.UDF),
                    // Load and store single.
                    row(
                            "STRB (immediate) T2",
                            "1111100 0 100 0 nnnn tttt iiiiiiiiiiii",
                            Op.STRB_IMM,
                            Form.OFFSET),
                    row(
                            "STRB (immediate) T3",
                            "1111100 0 000 0 nnnn tttt 1 p u w iiiiiiii",
                            Op.STRB_IMM,
                            Form.INDEXED),
                    row("STRBT", "1111100 0 000 0 nnnn tttt 1 110 iiiiiiii", Op.STRBT),
                    row(
                            "STRB (register) T2",
                            "1111100 0 000 0 nnnn tttt 000000 ii mmmm",
                            Op.STRB_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "STRH (immediate) T2",
                            "1111100 0 101 0 nnnn tttt iiiiiiiiiiii",
                            Op.STRH_IMM,
                            Form.OFFSET),
                    row(
                            "STRH (immediate) T3",
                            "1111100 0 001 0 nnnn tttt 1 p u w iiiiiiii",
                            Op.STRH_IMM,
                            Form.INDEXED),
                    row("STRHT", "1111100 0 001 0 nnnn tttt 1 110 iiiiiiii", Op.STRHT),
                    row(
                            "STRH (register) T2",
                            "1111100 0 001 0 nnnn tttt 000000 ii mmmm",
                            Op.STRH_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "STR (immediate) T3",
                            "1111100 0 110 0 nnnn tttt iiiiiiiiiiii",
                            Op.STR_IMM,
                            Form.OFFSET),
                    row(
                            "STR (immediate) T4",
                            "1111100 0 010 0 nnnn tttt 1 p u w iiiiiiii",
                            Op.STR_IMM,
                            Form.INDEXED),
                    row("STRT", "1111100 0 010 0 nnnn tttt 1 110 iiiiiiii", Op.STRT),
                    row(
                            "STR (register) T2",
                            "1111100 0 010 0 nnnn tttt 000000 ii mmmm",
                            Op.STR_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "LDRB (immediate) T2",
                            "1111100 0 100 1 nnnn tttt iiiiiiiiiiii",
                            Op.LDRB_IMM,
                            Form.OFFSET),
                    row(
                            "LDRB (immediate) T3",
                            "1111100 0 000 1 nnnn tttt 1 p u w iiiiiiii",
                            Op.LDRB_IMM,
                            Form.INDEXED),
                    row("LDRBT", "1111100 0 000 1 nnnn tttt 1 110 iiiiiiii", Op.LDRBT),
                    row(
                            "LDRB (register) T2",
                            "1111100 0 000 1 nnnn tttt 000000 ii mmmm",
                            Op.LDRB_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "LDRB (literal)",
                            "1111100 0 u00 1 1111 tttt iiiiiiiiiiii",
                            Op.LDRB_LIT,
                            Form.LITERAL),
                    row(
                            "LDRH (immediate) T2",
                            "1111100 0 101 1 nnnn tttt iiiiiiiiiiii",
                            Op.LDRH_IMM,
                            Form.OFFSET),
                    row(
                            "LDRH (immediate) T3",
                            "1111100 0 001 1 nnnn tttt 1 p u w iiiiiiii",
                            Op.LDRH_IMM,
                            Form.INDEXED),
                    row("LDRHT", "1111100 0 001 1 nnnn tttt 1 110 iiiiiiii", Op.LDRHT),
                    row(
                            "LDRH (register) T2",
                            "1111100 0 001 1 nnnn tttt 000000 ii mmmm",
                            Op.LDRH_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "LDRH (literal)",
                            "1111100 0 u01 1 1111 tttt iiiiiiiiiiii",
                            Op.LDRH_LIT,
                            Form.LITERAL),
                    row(
                            "LDR (immediate) T3",
                            "1111100 0 110 1 nnnn tttt iiiiiiiiiiii",
                            Op.LDR_IMM,
                            Form.OFFSET),
                    row(
                            "LDR (immediate) T4",
                            "1111100 0 010 1 nnnn tttt 1 p u w iiiiiiii",
                            Op.LDR_IMM,
                            Form.INDEXED),
                    row("LDRT", "1111100 0 010 1 nnnn tttt 1 110 iiiiiiii", Op.LDRT),
                    row(
                            "LDR (register) T2",
                            "1111100 0 010 1 nnnn tttt 000000 ii mmmm",
                            Op.LDR_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "LDR (literal) T2",
                            "1111100 0 u10 1 1111 tttt iiiiiiiiiiii",
                            Op.LDR_LIT,
                            Form.LITERAL),
                    row(
                            "LDRSB (immediate) T1",
                            "1111100 1 100 1 nnnn tttt iiiiiiiiiiii",
                            Op.LDRSB_IMM,
                            Form.OFFSET),
                    row(
                            "LDRSB (immediate) T2",
                            "1111100 1 000 1 nnnn tttt 1 p u w iiiiiiii",
                            Op.LDRSB_IMM,
                            Form.INDEXED),
                    row("LDRSBT", "1111100 1 000 1 nnnn tttt 1 110 iiiiiiii", Op.LDRSBT),
                    row(
                            "LDRSB (register) T2",
                            "1111100 1 000 1 nnnn tttt 000000 ii mmmm",
                            Op.LDRSB_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "LDRSB (literal)",
                            "1111100 1 u00 1 1111 tttt iiiiiiiiiiii",
                            Op.LDRSB_LIT,
                            Form.LITERAL),
                    row(
                            "LDRSH (immediate) T1",
                            "1111100 1 101 1 nnnn tttt iiiiiiiiiiii",
                            Op.LDRSH_IMM,
                            Form.OFFSET),
                    row(
                            "LDRSH (immediate) T2",
                            "1111100 1 001 1 nnnn tttt 1 p u w iiiiiiii",
                            Op.LDRSH_IMM,
                            Form.INDEXED),
                    row("LDRSHT", "1111100 1 001 1 nnnn tttt 1 110 iiiiiiii", Op.LDRSHT),
                    row(
                            "LDRSH (register) T2",
                            "1111100 1 001 1 nnnn tttt 000000 ii mmmm",
                            Op.LDRSH_REG,
                            Form.REGISTER_OFFSET),
                    row(
                            "LDRSH (literal)",
                            "1111100 1 u01 1 1111 tttt iiiiiiiiiiii",
                            Op.LDRSH_LIT,
                            Form.LITERAL),
                    // Data processing (register).
                    row(
                            "MOV (register-shifted register) T2",
                            "1111101 00 yy s nnnn 1111 dddd 0000 mmmm",
                            Alu.MOV,
                            Form.SHIFT_REGISTER),
                    row("SXTAH", "1111101 00 000 nnnn 1111 dddd 10 ii mmmm", Op.SXTAH, Form.EXTEND),
                    row("UXTAH", "1111101 00 001 nnnn 1111 dddd 10 ii mmmm", Op.UXTAH, Form.EXTEND),
                    row(
                            "SXTAB16",
                            "1111101 00 010 nnnn 1111 dddd 10 ii mmmm",
                            Op.SXTAB16,
                            Form.EXTEND),
                    row(
                            "UXTAB16",
                            "1111101 00 011 nnnn 1111 dddd 10 ii mmmm",
                            Op.UXTAB16,
                            Form.EXTEND),
                    row("SXTAB", "1111101 00 100 nnnn 1111 dddd 10 ii mmmm", Op.SXTAB, Form.EXTEND),
                    row("UXTAB", "1111101 00 101 nnnn 1111 dddd 10 ii mmmm", Op.UXTAB, Form.EXTEND),
                    row(
                            "parallel ADD8",
                            "1111101 01 000 nnnn 1111 dddd 0 o oo mmmm",
                            Op.PARALLEL,
                            Form.OPTIONS),
                    row(
                            "parallel ADD16",
                            "1111101 01 001 nnnn 1111 dddd 0 o oo mmmm",
                            Op.PARALLEL,
                            Form.OPTIONS),
                    row(
                            "parallel ASX",
                            "1111101 01 010 nnnn 1111 dddd 0 o oo mmmm",
                            Op.PARALLEL,
                            Form.OPTIONS),
                    row(
                            "parallel SUB8",
                            "1111101 01 100 nnnn 1111 dddd 0 o oo mmmm",
                            Op.PARALLEL,
                            Form.OPTIONS),
                    row(
                            "parallel SUB16",
                            "1111101 01 101 nnnn 1111 dddd 0 o oo mmmm",
                            Op.PARALLEL,
                            Form.OPTIONS),
                    row(
                            "parallel SAX",
                            "1111101 01 110 nnnn 1111 dddd 0 o oo mmmm",
                            Op.PARALLEL,
                            Form.OPTIONS),
                    row("QADD", "1111101 01 000 nnnn 1111 dddd 10 00 mmmm", Op.QADD),
                    row("QDADD", "1111101 01 000 nnnn 1111 dddd 10 01 mmmm", Op.QDADD),
                    row("QSUB", "1111101 01 000 nnnn 1111 dddd 10 10 mmmm", Op.QSUB),
                    row("QDSUB", "1111101 01 000 nnnn 1111 dddd 10 11 mmmm", Op.QDSUB),
                    row("REV T2", "1111101 01 001 nnnn 1111 dddd 10 00 mmmm", Op.REV),
                    row("REV16 T2", "1111101 01 001 nnnn 1111 dddd 10 01 mmmm", Op.REV16),
                    row("RBIT", "1111101 01 001 nnnn 1111 dddd 10 10 mmmm", Op.RBIT),
                    row("REVSH T2", "1111101 01 001 nnnn 1111 dddd 10 11 mmmm", Op.REVSH),
                    row("SEL", "1111101 01 010 nnnn 1111 dddd 10 00 mmmm", Op.SEL),
                    row("CLZ", "1111101 01 011 nnnn 1111 dddd 10 00 mmmm", Op.CLZ),
                    // Multiply and multiply accumulate.
                    row("MLA", "1111101 10 000 nnnn aaaa dddd 0000 mmmm", Op.MLA, Form.MULTIPLY),
                    row("MUL T2", "1111101 10 000 nnnn 1111 dddd 0000 mmmm", Op.MUL),
                    row("MLS", "1111101 10 000 nnnn aaaa dddd 0001 mmmm", Op.MLS),
                    row(
                            "SMLABB, SMLABT, SMLATB, SMLATT",
                            "1111101 10 001 nnnn aaaa dddd 00 oo mmmm",
                            Op.SMLAXY,
                            Form.MULTIPLY),
                    row(
                            "SMLAD, SMLADX",
                            "1111101 10 010 nnnn aaaa dddd 000 o mmmm",
                            Op.SMLAD,
                            Form.MULTIPLY),
                    row(
                            "SMLAWB, SMLAWT",
                            "1111101 10 011 nnnn aaaa dddd 000 o mmmm",
                            Op.SMLAWY,
                            Form.MULTIPLY),
                    row(
                            "SMLSD, SMLSDX",
                            "1111101 10 100 nnnn aaaa dddd 000 o mmmm",
                            Op.SMLSD,
                            Form.MULTIPLY),
                    row(
                            "SMMLA, SMMLAR",
                            "1111101 10 101 nnnn aaaa dddd 000 o mmmm",
                            Op.SMMLA,
                            Form.MULTIPLY),
                    row(
                            "SMMLS, SMMLSR",
                            "1111101 10 110 nnnn aaaa dddd 000 o mmmm",
                            Op.SMMLS,
                            Form.OPTIONS),
                    row(
                            "USADA8",
                            "1111101 10 111 nnnn aaaa dddd 0000 mmmm",
                            Op.USADA8,
                            Form.MULTIPLY),
                    row(
                            "SMULL",
                            "1111101 11 000 nnnn aaaa dddd 0000 mmmm",
                            Op.SMULL,
                            Form.MULTIPLY_LONG),
                    row("SDIV", "1111101 11 001 nnnn 1111 dddd 1111 mmmm", Op.SDIV),
                    row(
                            "UMULL",
                            "1111101 11 010 nnnn aaaa dddd 0000 mmmm",
                            Op.UMULL,
                            Form.MULTIPLY_LONG),
                    row("UDIV", "1111101 11 011 nnnn 1111 dddd 1111 mmmm", Op.UDIV),
                    row(
                            "SMLAL",
                            "1111101 11 100 nnnn aaaa dddd 0000 mmmm",
                            Op.SMLAL,
                            Form.MULTIPLY_LONG),
                    row(
                            "SMLALBB, SMLALBT, SMLALTB, SMLALTT",
                            "1111101 11 100 nnnn aaaa dddd 10 oo mmmm",
                            Op.SMLALXY,
                            Form.MULTIPLY_LONG),
                    row(
                            "SMLALD, SMLALDX",
                            "1111101 11 100 nnnn aaaa dddd 110 o mmmm",
                            Op.SMLALD,
                            Form.MULTIPLY_LONG),
                    row(
                            "SMLSLD, SMLSLDX",
                            "1111101 11 101 nnnn aaaa dddd 110 o mmmm",
                            Op.SMLSLD,
                            Form.MULTIPLY_LONG),
                    row(
                            "UMLAL",
                            "1111101 11 110 nnnn aaaa dddd 0000 mmmm",
                            Op.UMLAL,
                            Form.MULTIPLY_LONG),
                    row(
                            "UMAAL",
                            "1111101 11 110 nnnn aaaa dddd 0110 mmmm",
                            Op.UMAAL,
                            Form.MULTIPLY_LONG),
                    // Coprocessors that a Cortex-M33 in this chip does not have.
                    row("coprocessor T1", "1110 11 iiiiiiiiii iiii iiii iiii iiii", Op.NOCP),
                    row("coprocessor T2", "1111 11 iiiiiiiiii iiii iiii iiii iiii", Op.NOCP));

    private Thumb32Table() {}
}
