package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes of a program are, executing them ends in a limit, a fault, a lockup or idling:
 * never in an exception of ours, and the same compiled and interpreted. More of them: {@code
 * -Drandom.pages=10000}.
 */
class RandomPagesTest {
    private static final int PAGES = Integer.getInteger("random.pages", 60);
    private static final long LENGTH = 20_000;
    private static final int SLICES = 4;

    /** A fault handler that skips an instruction, so that a run gets further. */
    private static final int[] SKIPPING = {
        0x9906, // ldr r1, [sp, #24]: the PC that was stacked
        0x3102, // adds r1, #2
        0x9106, // str r1, [sp, #24]
        0x4770 // bx lr
    };

    @Test
    void randomHalfwordsEndInALimitOrAFault() {
        Set<String> ends = new HashSet<>();
        for (int seed = 0; seed < PAGES; seed++) {
            ends.add(run(seed).split(" ", 2)[0]);
        }
        assertThat(ends).as("ends of the runs").hasSizeGreaterThan(1);
    }

    private static String run(int seed) {
        Random random = new Random(seed);
        int[] code = random.ints(0x80, 0, 0x1_0000).toArray();
        if (seed % 2 == 0) {
            // Loops back instead of running into the handler.
            code[code.length - 1] = 0xE000 | (-(code.length + 1) & 0x7FF);
        }
        TinyFirmware firmware = new TinyFirmware().code(code);
        if (seed % 3 != 0) {
            firmware.handler(SKIPPING);
        }
        MachinePair pair =
                new MachinePair(firmware, MachineOptions.defaults().withStopOnFault(false));
        int[] values = random.ints(13, 0x2000_0000, 0x2008_0000).toArray();
        pair.both(
                machine -> {
                    for (int i = 0; i < values.length; i++) {
                        machine.registers().set(i, i % 2 == 0 ? values[i] : values[i] >>> 24);
                    }
                });
        String end = "";
        for (int slice = 1; slice <= SLICES; slice++) {
            end = pair.run(slice * LENGTH / SLICES, "page " + seed);
        }
        pair.runAndCompareAll(LENGTH + 1, "page " + seed);
        return end;
    }
}
