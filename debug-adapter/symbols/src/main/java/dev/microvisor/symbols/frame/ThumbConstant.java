package dev.microvisor.symbols.frame;

/** Modified immediate constants of Thumb instructions (Armv8-M manual, ThumbExpandImm). */
final class ThumbConstant {
    private ThumbConstant() {}

    /**
     * @param i bit 10 of the first halfword
     * @param second the second halfword, with imm3 in bits 14 to 12 and imm8 in bits 7 to 0
     */
    static int expand(int i, int second) {
        int code = i << 11 | (second >>> 12 & 7) << 8 | (second & 0xFF);
        int low = code & 0xFF;
        if (code >>> 10 == 0) {
            switch (code >>> 8 & 3) {
                case 0:
                    return low;
                case 1:
                    return low << 16 | low;
                case 2:
                    return low << 24 | low << 8;
                default:
                    return low << 24 | low << 16 | low << 8 | low;
            }
        }
        return Integer.rotateRight(0x80 | (code & 0x7F), code >>> 7);
    }
}
