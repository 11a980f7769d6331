package dev.microvisor.emulator.kernel.call;

/** The four argument registers of a call. */
public record Words(int r0, int r1, int r2, int r3) {
    /** Argument {@code index}; no call has more than four. */
    public int word(int index) {
        return switch (index) {
            case 0 -> r0;
            case 1 -> r1;
            case 2 -> r2;
            case 3 -> r3;
            default -> throw new IllegalArgumentException("argument " + index);
        };
    }

    /** An argument of type {@code uint16_t}: the low half of its register. */
    public int half(int index) {
        return word(index) & 0xFFFF;
    }
}
