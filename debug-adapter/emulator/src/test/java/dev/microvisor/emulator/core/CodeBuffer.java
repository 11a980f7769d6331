package dev.microvisor.emulator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Halfwords of code being made. It consists of units, which are what forward branches lead to;
 * distances of branches and calls are put in when their targets are known.
 */
final class CodeBuffer {
    /** A branch from a halfword to the start of a unit, no further than {@code reach} halfwords. */
    private record Forward(int at, int unit, int reach) {}

    private final int base;
    private final List<Integer> halfwords = new ArrayList<>();
    private final List<Integer> unitStarts = new ArrayList<>();
    private final List<Forward> forwards = new ArrayList<>();
    private final List<Integer> calls = new ArrayList<>();

    CodeBuffer(int base) {
        this.base = base;
    }

    int size() {
        return halfwords.size();
    }

    /** Where the next halfword will lie. */
    int address() {
        return base + 2 * size();
    }

    void add(int... values) {
        for (int value : values) {
            halfwords.add(value & 0xFFFF);
        }
    }

    int get(int at) {
        return halfwords.get(at);
    }

    void set(int at, int value) {
        halfwords.set(at, value & 0xFFFF);
    }

    /** MOVW and MOVT. */
    void addMoveWide(int register, int value) {
        for (int half = 0; half < 2; half++) {
            int imm = value >>> (16 * half) & 0xFFFF;
            add((half == 0 ? 0xF240 : 0xF2C0) | imm >>> 12 | (imm >>> 1 & 0x400));
            add((imm << 4 & 0x7000) | register << 8 | (imm & 0xFF));
        }
    }

    /** B.W with a condition, or always (14), to a halfword at most 2 KiB away. */
    void addWideBranch(int condition, int target) {
        int distance = target - size() - 2;
        int sign = distance < 0 ? 1 : 0;
        if (condition == 14) {
            add(0xF000 | sign << 10 | (distance >>> 11 & 0x3FF), 0xB800 | (distance & 0x7FF));
        } else {
            add(
                    0xF000 | sign << 10 | condition << 6 | (distance >>> 11 & 0x3F),
                    0x8000 | sign << 13 | sign << 11 | (distance & 0x7FF));
        }
    }

    void startUnit() {
        unitStarts.add(size());
    }

    /** Branches that lead further than to the last unit lead here. */
    void endUnits() {
        add(0xBF00); // Compare-and-branch cannot reach the very next instruction.
        unitStarts.add(size());
        for (Forward branch : forwards) {
            int unit = Math.min(branch.unit, unitStarts.size() - 1);
            while (unitStarts.get(unit) - branch.at - 2 > branch.reach) {
                unit--;
            }
            int distance = unitStarts.get(unit) - branch.at - 2;
            int halfword = get(branch.at);
            boolean compares = halfword >>> 12 == 0xB;
            set(
                    branch.at,
                    compares
                            ? halfword | (distance & 31) << 3 | distance >>> 5 << 9
                            : halfword | distance);
        }
    }

    /** A 16-bit branch to a later unit, or a nearer one if that is beyond its reach. */
    void addForwardBranch(int halfword, int reach, int unitsAhead) {
        forwards.add(new Forward(size(), unitStarts.size() - 1 + unitsAhead, reach));
        add(halfword);
    }

    /** BL to a function to be known later. */
    void addCall() {
        calls.add(size());
        add(0, 0);
    }

    void resolveCalls(IntSupplier function) {
        for (int site : calls) {
            int distance = function.getAsInt() - site - 2;
            set(site, 0xF000 | (distance >>> 11 & 0x3FF));
            set(site + 1, 0xF800 | (distance & 0x7FF));
        }
    }

    /** All that was added. */
    int[] halfwords(int limit) {
        if (size() > limit) {
            throw new IllegalStateException(size() + " halfwords, more than " + limit);
        }
        return halfwords.stream().mapToInt(Integer::intValue).toArray();
    }
}
