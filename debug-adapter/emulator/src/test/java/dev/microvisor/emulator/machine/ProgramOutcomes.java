package dev.microvisor.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.IntFunction;

/** The lines that a differential program writes, one for each of its cases, here and on QEMU. */
public final class ProgramOutcomes {
    /** How a program that has written all of them ends. */
    public static final String END = "semihosting exit 0";

    private ProgramOutcomes() {}

    /**
     * What an image writes here.
     *
     * @param limit instructions that it never needs
     */
    public static String of(byte[] image, boolean compiles, long limit) {
        ProgramRunner runner = new ProgramRunner(image, compiles);
        assertEquals(END, runner.run(limit).text());
        return runner.output();
    }

    /**
     * Interpreted and compiled it writes what it wrote on QEMU.
     *
     * @param limit instructions that it never needs
     * @param description of the case with an index, for people; only asked for when it differs
     */
    public static void assertSame(
            byte[] image,
            List<String> expected,
            int cases,
            long limit,
            IntFunction<String> description) {
        for (boolean compiles : new boolean[] {false, true}) {
            List<String> actual = of(image, compiles, limit).lines().toList();
            for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
                if (!expected.get(i).equals(actual.get(i))) {
                    assertEquals(
                            expected.get(i),
                            actual.get(i),
                            (compiles ? "compiled: " : "") + description.apply(i));
                }
            }
            assertEquals(cases, expected.size());
            assertEquals(cases, actual.size());
        }
    }
}
