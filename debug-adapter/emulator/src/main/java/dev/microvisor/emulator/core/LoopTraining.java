package dev.microvisor.emulator.core;

import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.memory.Region;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows HotSpot all of {@link PlainLoop} while it counts what is executed there: every operation,
 * and of each condition both outcomes. What has not been executed by then HotSpot leaves out, and
 * when a program comes to it all of the loop is compiled anew, which takes it half a second each
 * time; the loop is executed some five times slower meanwhile.
 *
 * <p>Works on registers and memory of its own, in a thread of its own; no machine knows of it.
 */
final class LoopTraining implements Runnable {
    /** The operations of {@link PlainLoop} are between these. */
    static final int FIRST_OP = Op.MOV_IMM;

    static final int LAST_OP = Op.SMLAXY;

    private static final AtomicBoolean STARTED = new AtomicBoolean();

    /** Sequences, executed in turn; enough for dozens of each operation. */
    private static final int SEQUENCES = 256;

    /** How often it goes through one sequence or some. */
    private static final int ROUNDS = 12_000;

    private static final int LENGTH = Sequence.MAX_INSTRUCTIONS;

    /** Memory: pages that may be read and written, behind them as many that may not. */
    private static final int PAGES = 4;

    private static final int MEMORY_BYTES = PAGES << Memory.PAGE_BITS;

    /** Where a slot leads whose page may not be accessed. */
    private static final int NOWHERE = 0x2000_0000;

    /** Products and sums of this overflow. */
    private static final int LARGE = 0x7FFF_7FFF;

    private final Random random = new Random(1);
    private final CpuState cpu = new CpuState();
    private final Tracks tracks = new Tracks();
    private final PlainLoop loop;
    private final CodeSpace.Block block;
    private final Sequence[] sequences = new Sequence[SEQUENCES];

    LoopTraining() {
        int[] readable = new int[2 * PAGES];
        Arrays.fill(readable, PAGES, readable.length, NOWHERE);
        Region region = new Region("training", 0, 2 * SEQUENCES, false, 0, 0);
        loop = new PlainLoop(cpu, new int[MEMORY_BYTES / 4], readable, readable.clone(), tracks);
        block = new CodeSpace.Block(region, tracks.of(region));
        int op = FIRST_OP;
        int variant = 0;
        for (int i = 0; i < SEQUENCES; i++) {
            long[] code = new long[LENGTH];
            for (int j = 0; j < LENGTH; j++) {
                code[j] = instruction(op, variant);
                if (++op > LAST_OP) {
                    op = FIRST_OP;
                    variant++;
                }
            }
            sequences[i] = new Sequence(2 * i, code, 2 * i + 2);
            // Not all branches lead on.
            if (i % 8 != 0) {
                block.sequences[i] = sequences[i];
            }
            block.heat[i] = (short) (i % 8 == 1 ? Interpreter.HOT : 0);
        }
    }

    /** Starts the training, once for all machines. */
    static void start() {
        if (!STARTED.getAndSet(true)) {
            Thread thread = new Thread(new LoopTraining(), "interpreter-training");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private long instruction(int op, int variant) {
        int imm = random.nextInt(32);
        if (op == Op.ALU_SHIFTED || op == Op.ALU_SHIFTED_S) {
            imm |= (variant >>> 4) << 8;
        } else if (op == Op.UBFX || op == Op.SBFX || op == Op.BFI) {
            imm = imm / 2 | 8 << 8;
        } else if (op >= Op.LDR_IMM && op <= Op.STRD) {
            imm &= ~3;
        } else if (op >= Op.B && op <= Op.CBNZ) {
            imm = 2 * random.nextInt(SEQUENCES);
        }
        boolean dual = op == Op.LDRD || op == Op.STRD;
        int m = dual ? random.nextInt(2) : random.nextInt(16);
        int n = random.nextInt(16);
        long packed = Instruction.pack(op, random.nextInt(16), n, m, variant & 15, imm);
        return random.nextInt(8) == 0 && op != Op.IT ? packed | Instruction.IN_IT : packed;
    }

    @Override
    public void run() {
        for (int i = 0; i < ROUNDS; i++) {
            round(sequences[i % SEQUENCES]);
        }
    }

    /** Executes some hundred instructions. */
    private void round(Sequence first) {
        boolean large = random.nextInt(8) == 0;
        loop.enter(block, random.nextInt(4) == 0);
        Sequence sequence = first;
        int i = 0;
        int left = 8 * LENGTH;
        while (left > 0 && i < sequence.code.length) {
            for (int k = 0; k < cpu.r.length; k++) {
                cpu.r[k] = large ? LARGE : value();
            }
            cpu.setApsrFlags(random.nextInt());
            cpu.it = random.nextInt(15) << 4 | 8;
            cpu.spLimit = random.nextInt(4) == 0 ? -1 : 0;
            sequence.notedIn = random.nextInt(8) == 0 ? -1 : tracks.stretch();
            sequence.noted = random.nextInt(4) == 0 ? 0 : LENGTH;
            loop.run(sequence, i, Math.min(left, 1 + random.nextInt(2 * LENGTH)));
            left -= LENGTH / 4;
            sequence = loop.sequence;
            i = loop.index + 1;
        }
    }

    /** A value of a register: mostly an address in memory. */
    private int value() {
        int value = random.nextInt();
        return switch (value >>> 28) {
            case 0, 1 -> value;
            case 2, 3, 4 -> value & MEMORY_BYTES - 1;
            case 5, 6 -> value & 31;
            case 7 -> 0;
            default -> value & MEMORY_BYTES - 4;
        };
    }
}
