package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.core.RandomCode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Loops of random instructions come to the same state compiled and interpreted wherever they are
 * stopped. More of them: {@code -Dcompiler.seeds=1000}.
 */
class CompiledBlocksTest {
    private static final int SEEDS = Integer.getInteger("compiler.seeds", 60);
    private static final long LENGTH = 40_000;
    private static final int MAX_STRETCH = 2000;
    private static final int STOPS_BETWEEN_HASHES = 8;
    private static final int SCRATCH = 0x2000_4000;
    private static final int MOST_HALFWORDS = (TinyFirmware.HANDLER - TinyFirmware.CODE) / 2;

    @Test
    void randomCodeComesToTheSameStateAtEveryStop() {
        int compiled = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            compiled += check(seed);
        }
        assertThat(compiled).as("compiled regions").isGreaterThan(SEEDS);
    }

    private static int check(long seed) {
        int[] code =
                RandomCode.endless(
                        seed, TinyFirmware.CODE, TinyFirmware.FLASH, SCRATCH, MOST_HALFWORDS);
        TinyFirmware firmware = new TinyFirmware().code(code);
        MachinePair pair = new MachinePair(firmware);
        Random random = new Random(seed);
        int[] values = random.ints(13 + 32).toArray();
        pair.both(
                machine -> {
                    machine.system().write(0xE000_ED88, 4, 0x00F0_0000);
                    for (int i = 0; i < 13; i++) {
                        machine.registers().set(i, values[i]);
                    }
                    for (int i = 0; i < 32; i++) {
                        machine.registers().setNamed("S" + i, values[13 + i]);
                    }
                });
        boolean ended = false;
        for (int stop = 0; !ended && pair.now() < LENGTH; stop++) {
            long until = pair.now() + 1 + random.nextInt(MAX_STRETCH);
            String what = "seed " + seed + ", stop " + stop;
            ended = !"reached the limit".equals(pair.run(until, what));
            if (ended || stop % STOPS_BETWEEN_HASHES == 0) {
                pair.runAndCompareAll(until, what);
            }
        }
        return pair.compiledRegions();
    }
}
