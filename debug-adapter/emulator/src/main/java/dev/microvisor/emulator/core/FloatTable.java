package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Row.row;

import java.util.List;

/**
 * FPv5 single precision (the manual's FPv5-SP-D16-M). Coprocessor 10 is single and 11 double
 * precision; of the latter only moves, loads and stores exist.
 */
final class FloatTable {
    static final List<Row> ROWS =
            List.of(
                    row(
                            "coprocessors 10 and 11 T1",
                            "1110 11 iiiiiiiiii iiii 101 i iiii iiii",
                            Op.FLOAT_UNDEFINED),
                    row(
                            "coprocessors 10 and 11 T2",
                            "1111 11 iiiiiiiiii iiii 101 i iiii iiii",
                            Op.FLOAT_UNDEFINED),
                    // Loads and stores.
                    row(
                            "VSTM T2",
                            "1110 110 p u D w 0 nnnn dddd 1010 iiiiiiii",
                            Op.VSTM,
                            Form.FLOAT_MULTIPLE),
                    row(
                            "VLDM T2",
                            "1110 110 p u D w 1 nnnn dddd 1010 iiiiiiii",
                            Op.VLDM,
                            Form.FLOAT_MULTIPLE),
                    row(
                            "VSTM T1",
                            "1110 110 p u D w 0 nnnn dddd 1011 iiiiiiii",
                            Op.VSTM_D,
                            Form.FLOAT_MULTIPLE),
                    row(
                            "VLDM T1",
                            "1110 110 p u D w 1 nnnn dddd 1011 iiiiiiii",
                            Op.VLDM_D,
                            Form.FLOAT_MULTIPLE),
                    row(
                            "VSTR T2",
                            "1110 1101 u D 0 0 nnnn dddd 1010 iiiiiiii",
                            Op.VSTR,
                            Form.FLOAT_OFFSET),
                    row(
                            "VLDR T2",
                            "1110 1101 u D 0 1 nnnn dddd 1010 iiiiiiii",
                            Op.VLDR,
                            Form.FLOAT_OFFSET),
                    row(
                            "VSTR T1",
                            "1110 1101 u D 0 0 nnnn dddd 1011 iiiiiiii",
                            Op.VSTR_D,
                            Form.FLOAT_OFFSET),
                    row(
                            "VLDR T1",
                            "1110 1101 u D 0 1 nnnn dddd 1011 iiiiiiii",
                            Op.VLDR_D,
                            Form.FLOAT_OFFSET),
                    row(
                            "VLSTM, VLLDM (secure only)",
                            "1110 1100 001 i nnnn iiii 1010 iiiiiiii",
                            Op.UNDEFINED),
                    // Transfers between core and floating-point registers.
                    row(
                            "VMOV (two core registers to two singles)",
                            "1110 1100 0100 aaaa tttt 1010 00 M 1 mmmm",
                            Op.VMOV_PAIR_FROM_CORE,
                            Form.FLOAT_PAIR),
                    row(
                            "VMOV (two singles to two core registers)",
                            "1110 1100 0101 aaaa tttt 1010 00 M 1 mmmm",
                            Op.VMOV_PAIR_TO_CORE,
                            Form.FLOAT_PAIR),
                    row(
                            "VMOV (two core registers to double)",
                            "1110 1100 0100 aaaa tttt 1011 00 M 1 mmmm",
                            Op.VMOV_D_FROM_CORE,
                            Form.FLOAT_PAIR),
                    row(
                            "VMOV (double to two core registers)",
                            "1110 1100 0101 aaaa tttt 1011 00 M 1 mmmm",
                            Op.VMOV_D_TO_CORE,
                            Form.FLOAT_PAIR),
                    row(
                            "VMOV (core register to single)",
                            "1110 1110 0000 nnnn tttt 1010 N 00 1 0000",
                            Op.VMOV_FROM_CORE,
                            Form.FLOAT_CORE),
                    row(
                            "VMOV (single to core register)",
                            "1110 1110 0001 nnnn tttt 1010 N 00 1 0000",
                            Op.VMOV_TO_CORE,
                            Form.FLOAT_CORE),
                    row(
                            "VMOV (core register to half of double)",
                            "1110 1110 00 i 0 nnnn tttt 1011 N 00 1 0000",
                            Op.VMOV_SCALAR_FROM_CORE,
                            Form.FLOAT_CORE),
                    row(
                            "VMOV (half of double to core register)",
                            "1110 1110 00 i 1 nnnn tttt 1011 N 00 1 0000",
                            Op.VMOV_SCALAR_TO_CORE,
                            Form.FLOAT_CORE),
                    row(
                            "VMSR",
                            "1110 1110 1110 0001 tttt 1010 0 00 1 0000",
                            Op.VMSR,
                            Form.FLOAT_CORE),
                    row(
                            "VMRS",
                            "1110 1110 1111 0001 tttt 1010 0 00 1 0000",
                            Op.VMRS,
                            Form.FLOAT_CORE),
                    // Arithmetic.
                    row(
                            "VMLA",
                            "1110 1110 0 D 00 nnnn dddd 1010 N 0 M 0 mmmm",
                            Op.VMLA,
                            Form.FLOAT),
                    row(
                            "VMLS",
                            "1110 1110 0 D 00 nnnn dddd 1010 N 1 M 0 mmmm",
                            Op.VMLS,
                            Form.FLOAT),
                    row(
                            "VNMLS",
                            "1110 1110 0 D 01 nnnn dddd 1010 N 0 M 0 mmmm",
                            Op.VNMLS,
                            Form.FLOAT),
                    row(
                            "VNMLA",
                            "1110 1110 0 D 01 nnnn dddd 1010 N 1 M 0 mmmm",
                            Op.VNMLA,
                            Form.FLOAT),
                    row(
                            "VMUL",
                            "1110 1110 0 D 10 nnnn dddd 1010 N 0 M 0 mmmm",
                            Op.VMUL,
                            Form.FLOAT),
                    row(
                            "VNMUL",
                            "1110 1110 0 D 10 nnnn dddd 1010 N 1 M 0 mmmm",
                            Op.VNMUL,
                            Form.FLOAT),
                    row(
                            "VADD",
                            "1110 1110 0 D 11 nnnn dddd 1010 N 0 M 0 mmmm",
                            Op.VADD,
                            Form.FLOAT),
                    row(
                            "VSUB",
                            "1110 1110 0 D 11 nnnn dddd 1010 N 1 M 0 mmmm",
                            Op.VSUB,
                            Form.FLOAT),
                    row(
                            "VDIV",
                            "1110 1110 1 D 00 nnnn dddd 1010 N 0 M 0 mmmm",
                            Op.VDIV,
                            Form.FLOAT),
                    row(
                            "VFNMS",
                            "1110 1110 1 D 01 nnnn dddd 1010 N 0 M 0 mmmm",
                            Op.VFNMS,
                            Form.FLOAT),
                    row(
                            "VFNMA",
                            "1110 1110 1 D 01 nnnn dddd 1010 N 1 M 0 mmmm",
                            Op.VFNMA,
                            Form.FLOAT),
                    row(
                            "VFMA",
                            "1110 1110 1 D 10 nnnn dddd 1010 N 0 M 0 mmmm",
                            Op.VFMA,
                            Form.FLOAT),
                    row(
                            "VFMS",
                            "1110 1110 1 D 10 nnnn dddd 1010 N 1 M 0 mmmm",
                            Op.VFMS,
                            Form.FLOAT),
                    row(
                            "VMOV (immediate)",
                            "1110 1110 1 D 11 iiii dddd 1010 0000 iiii",
                            Op.VMOV_IMM,
                            Form.FLOAT_IMMEDIATE),
                    row(
                            "VMOV (register)",
                            "1110 1110 1 D 11 0000 dddd 1010 01 M 0 mmmm",
                            Op.VMOV_REG,
                            Form.FLOAT),
                    row("VABS", "1110 1110 1 D 11 0000 dddd 1010 11 M 0 mmmm", Op.VABS, Form.FLOAT),
                    row("VNEG", "1110 1110 1 D 11 0001 dddd 1010 01 M 0 mmmm", Op.VNEG, Form.FLOAT),
                    row(
                            "VSQRT",
                            "1110 1110 1 D 11 0001 dddd 1010 11 M 0 mmmm",
                            Op.VSQRT,
                            Form.FLOAT),
                    row(
                            "VCVTB (half to single)",
                            "1110 1110 1 D 11 0010 dddd 1010 01 M 0 mmmm",
                            Op.VCVTB_FROM_HALF,
                            Form.FLOAT),
                    row(
                            "VCVTT (half to single)",
                            "1110 1110 1 D 11 0010 dddd 1010 11 M 0 mmmm",
                            Op.VCVTT_FROM_HALF,
                            Form.FLOAT),
                    row(
                            "VCVTB (single to half)",
                            "1110 1110 1 D 11 0011 dddd 1010 01 M 0 mmmm",
                            Op.VCVTB_TO_HALF,
                            Form.FLOAT),
                    row(
                            "VCVTT (single to half)",
                            "1110 1110 1 D 11 0011 dddd 1010 11 M 0 mmmm",
                            Op.VCVTT_TO_HALF,
                            Form.FLOAT),
                    row(
                            "VCMP, VCMPE T1",
                            "1110 1110 1 D 11 0100 dddd 1010 o 1 M 0 mmmm",
                            Op.VCMP,
                            Form.FLOAT),
                    row(
                            "VCMP, VCMPE T2 (zero)",
                            "1110 1110 1 D 11 0101 dddd 1010 o 1 0 0 0000",
                            Op.VCMP_ZERO,
                            Form.FLOAT),
                    row(
                            "VRINTZ",
                            "1110 1110 1 D 11 0110 dddd 1010 11 M 0 mmmm",
                            Op.VRINTZ,
                            Form.FLOAT),
                    row(
                            "VRINTR",
                            "1110 1110 1 D 11 0110 dddd 1010 01 M 0 mmmm",
                            Op.VRINTR,
                            Form.FLOAT),
                    row(
                            "VRINTX",
                            "1110 1110 1 D 11 0111 dddd 1010 01 M 0 mmmm",
                            Op.VRINTX,
                            Form.FLOAT),
                    row(
                            "VCVT (integer to single)",
                            "1110 1110 1 D 11 1000 dddd 1010 o 1 M 0 mmmm",
                            Op.VCVT_FROM_INT,
                            Form.FLOAT),
                    row(
                            "VCVT, VCVTR (single to integer)",
                            "1110 1110 1 D 11 110 o dddd 1010 o 1 M 0 mmmm",
                            Op.VCVT_TO_INT,
                            Form.FLOAT),
                    row(
                            "VCVT (fixed to single)",
                            "1110 1110 1 D 11 101 o dddd 1010 o 1 i 0 iiii",
                            Op.VCVT_FIXED_TO_FLOAT,
                            Form.FLOAT_FIXED),
                    row(
                            "VCVT (single to fixed)",
                            "1110 1110 1 D 11 111 o dddd 1010 o 1 i 0 iiii",
                            Op.VCVT_FLOAT_TO_FIXED,
                            Form.FLOAT_FIXED),
                    row(
                            "VSEL",
                            "1111 1110 0 D oo nnnn dddd 1010 N 0 M 0 mmmm",
                            Op.VSEL,
                            Form.FLOAT),
                    row(
                            "VMAXNM",
                            "1111 1110 1 D 00 nnnn dddd 1010 N 0 M 0 mmmm",
                            Op.VMAXNM,
                            Form.FLOAT),
                    row(
                            "VMINNM",
                            "1111 1110 1 D 00 nnnn dddd 1010 N 1 M 0 mmmm",
                            Op.VMINNM,
                            Form.FLOAT),
                    row(
                            "VRINTA, VRINTN, VRINTP, VRINTM",
                            "1111 1110 1 D 11 10 oo dddd 1010 01 M 0 mmmm",
                            Op.VRINT,
                            Form.FLOAT),
                    row(
                            "VCVTA, VCVTN, VCVTP, VCVTM",
                            "1111 1110 1 D 11 11 oo dddd 1010 o 1 M 0 mmmm",
                            Op.VCVT_ROUNDED,
                            Form.FLOAT));

    private FloatTable() {}
}
