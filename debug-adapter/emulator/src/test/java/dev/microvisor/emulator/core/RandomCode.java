package dev.microvisor.emulator.core;

import java.util.Random;

/**
 * Random code that never leaves itself and accesses only memory near an address: forward branches
 * of all kinds, IT blocks, bounded loops, calls, table branches, exclusive accesses, changes of
 * flags and floating-point modes. The same seed gives the same code.
 */
public final class RandomCode {
    private static final int FUNCTION_UNITS = 4;

    /** Halfwords that the functions and the end of the code take at most. */
    private static final int TAIL = 2 * FUNCTION_UNITS * 2 + 3 + 8;

    /** Counts the rounds of {@link #rounds}. */
    private static final int ROUND_COUNTER = 11;

    private static final int LOOP_COUNTER = 4;
    private static final int LR = 14;

    /** Low registers for addresses that jumps go through. */
    private static final int JUMP_REGISTERS = 4;

    private final Random random;
    private final int base;
    private final boolean floats;
    private final Reference reference;
    private final HarmlessInstructions instructions;
    private final CodeBuffer code;
    private int keep;

    private RandomCode(long seed, int base, int literals, boolean floats, Reference reference) {
        this.random = new Random(seed);
        this.base = base;
        this.floats = floats;
        this.reference = reference;
        this.code = new CodeBuffer(base);
        this.instructions =
                new HarmlessInstructions(
                        random,
                        floats ? InstructionPool.all() : InstructionPool.integer(),
                        reference.excluded(),
                        literals,
                        base);
    }

    /**
     * An endless loop without faults.
     *
     * @param base address of the first instruction
     * @param literals PC-relative loads stay between here and {@code base}
     * @param scratch loads and stores stay within 2 KiB on either side
     * @param limit the most halfwords to make
     */
    public static int[] endless(long seed, int base, int literals, int scratch, int limit) {
        RandomCode made = new RandomCode(seed, base, literals, seed % 2 == 0, Reference.OURSELVES);
        made.setUp(scratch);
        made.body(limit - TAIL, Integer.MAX_VALUE);
        made.code.add(0xE000 | (-(made.code.size() + 2) & 0x7FF)); // b to the beginning
        return made.finish(limit);
    }

    /**
     * A number of rounds through {@code units} pieces of code, which may end in a fault if the
     * reference takes them.
     *
     * @param end where the code branches to in the end
     */
    static int[] rounds(
            long seed,
            int base,
            int literals,
            int scratch,
            int units,
            int rounds,
            boolean floats,
            int end,
            Reference reference) {
        RandomCode made = new RandomCode(seed, base, literals, floats, reference);
        made.keep = 1 << ROUND_COUNTER;
        made.code.add(0xF04F, ROUND_COUNTER << 8 | rounds); // mov.w r11, #rounds
        int start = made.code.size();
        made.setUp(scratch);
        made.body(Integer.MAX_VALUE, units);
        made.code.add(0xF1BB, 0x0B01); // subs.w r11, r11, #1
        made.code.addWideBranch(1, start); // bne.w
        if ((base / 2 + made.code.size()) % 2 != 0) {
            made.code.add(0xBF00);
        }
        made.code.add(0xF8DF, 0xF000, end & 0xFFFF, end >>> 16); // ldr.w pc, [pc, #0]
        return made.finish(Integer.MAX_VALUE);
    }

    private int[] finish(int limit) {
        functions();
        return code.halfwords(limit);
    }

    private void setUp(int scratch) {
        code.addMoveWide(6, scratch);
        code.add(0xF106, 0x0740, 0xF106, 0x0880, 0xF106, 0x09C8); // add.w r7, r8, r9 from r6
        code.add(0xF5A6, 0x6D80); // sub.w sp, r6, #0x400: what is stored should not hit the stack
        code.add(0xF04F, 0x050C, 0xF04F, 0x0A08); // mov.w r5, #12; mov.w r10, #8
    }

    private void body(int limit, int units) {
        for (int i = 0; i < units && code.size() < limit - 16; i++) {
            code.startUnit();
            unit();
        }
        code.endUnits();
    }

    private void unit() {
        switch (random.nextInt(20)) {
            case 0, 1 -> itBlock();
            case 2, 3 -> forwardBranch();
            case 4, 5 -> code.addCall();
            case 6 -> loop();
            case 7 -> tableBranch();
            case 8 -> jump();
            case 9 -> exclusives();
            case 10 -> modes();
            case 11 -> {
                if (reference.takesFaults() && random.nextInt(4) == 0) {
                    fault();
                } else {
                    instruction(false);
                }
            }
            default -> instruction(false);
        }
    }

    private void instruction(boolean inIt) {
        code.add(instructions.next(code.address(), inIt, keep, false));
    }

    /** One that keeps registers and SP. */
    private void instructionKeeping(int registers, boolean inIt) {
        code.add(instructions.next(code.address(), inIt, keep | registers, true));
    }

    private void itBlock() {
        int count = 1 + random.nextInt(4);
        int condition = random.nextInt(14);
        int mask = 1 << (4 - count);
        for (int i = 1; i < count; i++) {
            mask |= ((condition & 1) ^ random.nextInt(2)) << (4 - i);
        }
        code.add(0xBF00 | condition << 4 | mask);
        for (int i = 1; i < count; i++) {
            instruction(true);
        }
        if (random.nextInt(4) == 0) {
            code.addForwardBranch(0xE000, 0x3FF, unitsAhead());
        } else {
            instruction(true);
        }
    }

    private int unitsAhead() {
        return 2 + random.nextInt(4);
    }

    private void forwardBranch() {
        switch (random.nextInt(3)) {
            case 0 ->
                    code.addForwardBranch(
                            0xB100 | random.nextInt(2) << 11 | random.nextInt(8), 63, unitsAhead());
            case 1 -> code.addForwardBranch(0xD000 | random.nextInt(14) << 8, 127, unitsAhead());
            default -> {
                int skipped = code.size() + 2 + 2;
                code.addWideBranch(random.nextInt(15), skipped);
                code.add(0xF10C, 0x0C01); // add.w r12, r12, #1
            }
        }
    }

    /** {@code movs r4, #n; ...; subs r4, #1; bne}, sometimes with a branch over an instruction. */
    private void loop() {
        code.add(0x2000 | LOOP_COUNTER << 8 | 1 + random.nextInt(6));
        int start = code.size();
        for (int i = 0; i <= random.nextInt(3); i++) {
            instructionKeeping(1 << LOOP_COUNTER, false);
        }
        if (random.nextBoolean()) {
            int[] skipped =
                    instructions.next(code.address() + 2, false, keep | 1 << LOOP_COUNTER, true);
            code.add(0xD000 | random.nextInt(14) << 8 | skipped.length - 1);
            code.add(skipped);
        }
        code.add(0x3801 | LOOP_COUNTER << 8);
        code.add(0xD100 | (start - code.size() - 2 & 0xFF));
    }

    /** TBB or TBH over four cases of an instruction each, through which it falls. */
    private void tableBranch() {
        boolean halfwords = random.nextBoolean();
        int index = random.nextInt(JUMP_REGISTERS);
        code.add(0xF04F, index << 8 | random.nextInt(4)); // mov.w index, #n
        code.add(0xE8DF, 0xF000 | (halfwords ? 0x10 : 0) | index);
        int table = code.size();
        code.add(halfwords ? new int[4] : new int[2]);
        for (int i = 0; i < 4; i++) {
            int distance = code.size() - table;
            if (halfwords) {
                code.set(table + i, distance);
            } else {
                code.set(table + i / 2, code.get(table + i / 2) | distance << (8 * (i % 2)));
            }
            instruction(false);
        }
    }

    /** Over an instruction, by all that loads the PC. */
    private void jump() {
        int register = 1 + random.nextInt(JUMP_REGISTERS - 1);
        int kind = random.nextInt(6);
        int[] jump =
                switch (kind) {
                    case 0 -> new int[] {0x4687 | register << 3}; // mov pc, register
                    case 1 -> new int[] {0x4700 | register << 3}; // bx
                    case 2 -> new int[] {0x4780 | register << 3}; // blx
                    case 3 -> new int[] {0xB400 | 1 << register, 0xBD00}; // push; pop {pc}
                    case 4 -> new int[] {0xB400 | 1 << register, 0xF85D, 0xFB04}; // push; ldr pc
                    default -> // push {r0, register}; ldmia.w sp!, {r2, pc}
                            new int[] {0xB401 | 1 << register, 0xE8BD, 0x8004};
                };
        int skipped = 2;
        int target = code.address() + 2 * (2 + jump.length + skipped) + (kind == 0 ? 0 : 1);
        // adr.w register, target
        code.add(0xF20F, register << 8 | (target - (code.address() + 4 & ~3)));
        code.add(jump);
        code.add(0xF10C, 0x0C01);
    }

    /** An exclusive load and store of one place, with CLREX between or not. */
    private void exclusives() {
        int value = random.nextInt(JUMP_REGISTERS);
        int status = value ^ 1;
        boolean cleared = random.nextInt(4) == 0;
        int kind = random.nextInt(5);
        int word = random.nextInt(16);
        int size = new int[] {0, 0x40, 0x50, 0xC0, 0xE0}[kind]; // LDREX, B, H, LDAEXB, LDAEX
        if (kind == 0) {
            code.add(0xE85D, value << 12 | 0xF00 | word);
        } else {
            code.add(0xE8DD, value << 12 | 0xF0F | size);
        }
        code.add(0xF110 | value, value << 8 | random.nextInt(256)); // adds.w value, value, #n
        if (cleared) {
            code.add(0xF3BF, 0x8F2F);
        }
        if (kind == 0) {
            code.add(0xE84D, value << 12 | status << 8 | word);
        } else {
            code.add(0xE8CD, value << 12 | 0xF00 | size | status);
        }
    }

    /** Flags and floating-point modes written and read. */
    private void modes() {
        int register = random.nextInt(JUMP_REGISTERS);
        switch (random.nextInt(floats ? 4 : 2)) {
            case 0 -> code.add(0xF380 | register, 0x8800 | random.nextInt(2) << 10); // msr apsr
            case 1 -> code.add(0xF3EF, 0x8000 | register << 8); // mrs register, apsr
            case 2 -> {
                code.addMoveWide(register, new RandomValues(random).fpscr());
                code.add(0xEEE1, 0x0A10 | register << 12); // vmsr
            }
            default -> code.add(0xEEF1, 0x0A10 | register << 12); // vmrs
        }
    }

    /** Ends the code in a fault, perhaps in an IT block. */
    private void fault() {
        int register = random.nextInt(JUMP_REGISTERS);
        int kind = random.nextInt(5);
        switch (kind) {
            case 1, 2 -> code.addMoveWide(register, 0x7000_0000 + 4 * random.nextInt(16));
            case 3 -> code.addMoveWide(register, 0xE000_0001);
            case 4 -> code.addMoveWide(register, base);
            default -> {}
        }
        if (random.nextBoolean()) {
            code.add(0xBF08 | random.nextInt(14) << 4);
        }
        switch (kind) {
            case 0 -> code.add(0xDE00 | random.nextInt(256)); // udf
            case 1 -> code.add(0x6800 | register << 3 | register); // ldr from nowhere
            case 2 -> code.add(0x6000 | register << 3); // str to nowhere
            default -> code.add(0x4700 | register << 3); // bx to a device, or without Thumb bit
        }
    }

    /** Two leaf functions, one of which keeps LR on the stack; calls go to one of them. */
    private void functions() {
        int first = code.size();
        for (int i = 0; i < FUNCTION_UNITS; i++) {
            instructionKeeping(1 << LR, false);
        }
        code.add(0x4770); // bx lr
        int second = code.size();
        code.add(0xB510); // push {r4, lr}
        for (int i = 0; i < FUNCTION_UNITS; i++) {
            instructionKeeping(0, false);
        }
        code.add(0xBD10); // pop {r4, pc}
        code.resolveCalls(() -> random.nextBoolean() ? first : second);
    }
}
