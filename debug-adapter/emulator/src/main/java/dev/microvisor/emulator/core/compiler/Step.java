package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Instruction;

/**
 * One instruction of a region.
 *
 * @param packed as {@link Instruction} packs it
 * @param it EPSR.IT before the instruction
 */
record Step(int address, long packed, int it) {
    private static final int ALWAYS = 14;

    int w() {
        return (int) packed;
    }

    int imm() {
        return (int) (packed >>> 32);
    }

    int op() {
        return Instruction.op(w());
    }

    int rd() {
        return Instruction.rd(w());
    }

    int rn() {
        return Instruction.rn(w());
    }

    int rm() {
        return Instruction.rm(w());
    }

    int ra() {
        return Instruction.ra(w());
    }

    /** Address of the instruction behind it. */
    int next() {
        return address + Instruction.sizeBytes(w());
    }

    /** Condition under which it is executed. */
    int condition() {
        return it == 0 ? ALWAYS : it >>> 4;
    }

    boolean isConditional() {
        return condition() < ALWAYS;
    }
}
