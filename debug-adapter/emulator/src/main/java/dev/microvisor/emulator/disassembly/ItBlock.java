package dev.microvisor.emulator.disassembly;

/**
 * Where a disassembly stands in an IT block: the manual's ITSTATE, condition in the upper and mask
 * in the lower four bits; 0 outside.
 */
public record ItBlock(int state) {
    public static final ItBlock NONE = new ItBlock(0);

    private static final String[] CONDITIONS = {
        "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "", ""
    };

    private static final int MASK = 15;

    public boolean isInside() {
        return (state & MASK) != 0;
    }

    /** Suffix of the instruction that stands here; empty outside a block. */
    String condition() {
        return isInside() ? name(state >>> 4) : "";
    }

    static String name(int condition) {
        return CONDITIONS[condition & MASK];
    }

    /** The state for the instruction after this one. */
    ItBlock next() {
        return (state & 7) == 0 ? NONE : new ItBlock((state & 0xE0) | (state << 1 & 0x1F));
    }

    /** The mnemonic of an IT instruction with this state: {@code ittet}. */
    String mnemonic() {
        StringBuilder text = new StringBuilder("it");
        int length = 3 - Integer.numberOfTrailingZeros(state & MASK);
        for (int i = 0; i < length; i++) {
            boolean same = (state >>> (3 - i) & 1) == (state >>> 4 & 1);
            text.append(same ? 't' : 'e');
        }
        return text.toString();
    }
}
