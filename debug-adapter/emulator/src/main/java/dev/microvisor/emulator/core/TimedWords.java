package dev.microvisor.emulator.core;

import dev.microvisor.emulator.memory.Memory;

/** The words of memory that the rounds of {@link TimeLoops} write, and what they hold. */
final class TimedWords {
    private static final int MAX_WORDS = 64;

    private final Memory memory;
    private final int[] addresses = new int[MAX_WORDS];

    /** What each held when the round began. */
    private final int[] values = new int[MAX_WORDS];

    /** The kind that each is of when a round begins, and now. */
    private final int[] before = new int[MAX_WORDS];

    private final int[] kinds = new int[MAX_WORDS];
    private int count;

    TimedWords(Memory memory) {
        this.memory = memory;
    }

    void clear() {
        count = 0;
    }

    /** A round begins. */
    void begin() {
        for (int i = 0; i < count; i++) {
            values[i] = memory.peekWord(addresses[i]);
            kinds[i] = before[i];
        }
    }

    private int find(int address) {
        for (int i = 0; i < count; i++) {
            if (addresses[i] == address) {
                return i;
            }
        }
        return -1;
    }

    /** What a word holds; negative when it is no aligned word of flash or RAM. */
    int kind(int address) {
        if ((address & 3) != 0 || memory.regionAt(address) == null) {
            return -1;
        }
        int at = find(address);
        return at < 0 ? TimeLoops.FIXED : kinds[at];
    }

    /** A word is about to be written; false when it cannot be followed. */
    boolean write(int address, int kind) {
        if (kind(address) < 0) {
            return false;
        }
        int at = find(address);
        if (at < 0) {
            if (count == MAX_WORDS) {
                return false;
            }
            at = count++;
            addresses[at] = address;
            values[at] = memory.peekWord(address);
            before[at] = TimeLoops.FIXED;
        }
        kinds[at] = kind;
        return true;
    }

    /** True when what is fixed is as it was when the round began, and nothing is old. */
    boolean endAsTheyBegan() {
        for (int i = 0; i < count; i++) {
            boolean changed =
                    kinds[i] == TimeLoops.FIXED
                            && before[i] == TimeLoops.FIXED
                            && memory.peekWord(addresses[i]) != values[i];
            if (changed || kinds[i] == TimeLoops.OLD) {
                return false;
            }
        }
        return true;
    }

    /** What depends on the time now is old in the next round; true when that is news. */
    boolean learn() {
        boolean learnt = false;
        for (int i = 0; i < count; i++) {
            if (kinds[i] != TimeLoops.FIXED && before[i] == TimeLoops.FIXED) {
                before[i] = TimeLoops.OLD;
                learnt = true;
            }
        }
        return learnt;
    }
}
