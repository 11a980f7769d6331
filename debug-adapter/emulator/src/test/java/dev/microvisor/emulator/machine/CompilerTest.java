package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled code does what the interpreter does, stopped at any instruction number. */
class CompilerTest {
    private static final long SEED = 1;
    private static final int MAX_STRETCH = 3000;
    private static final long LIMIT = 1_500_000;

    /** A state hash reads all memory, so not every stop takes one. */
    private static final int STOPS_BETWEEN_HASHES = 20;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "suite-O0-soft",
                "suite-O2-hard",
                "suite-Os-soft",
                "system-O1-hard",
                "system-O2-soft"
            })
    void stateIsThatOfTheInterpreterAtEveryStop(String name) throws IOException {
        ByteArrayOutputStream compiledOutput = new ByteArrayOutputStream();
        ByteArrayOutputStream interpretedOutput = new ByteArrayOutputStream();
        Machine compiled = machine(name, true, compiledOutput);
        Machine interpreted = machine(name, false, interpretedOutput);
        Random random = new Random(SEED);
        boolean ended = false;
        for (int stop = 0; !ended && interpreted.now() < LIMIT; stop++) {
            long until = interpreted.now() + 1 + random.nextInt(MAX_STRETCH);
            String expected = interpreted.run(until).text();
            String where = name + ", stop " + stop + " at " + interpreted.now();
            assertEquals(expected, compiled.run(until).text(), where);
            assertEquals(interpreted.now(), compiled.now(), where);
            ended = !"reached the limit".equals(expected);
            if (ended || stop % STOPS_BETWEEN_HASHES == 0) {
                assertEquals(interpreted.stateHash(), compiled.stateHash(), where);
            }
        }
        assertThat(ended).as("the program ran to its end").isTrue();
        assertThat(compiledOutput.toByteArray()).isEqualTo(interpretedOutput.toByteArray());
        assertThat(compiled.processor().regions().size()).as("compiled regions").isPositive();
        assertThat(compiled.processor().regions().largestBytecode()).isLessThan(8000);
        assertThat(interpreted.processor().regions().size()).isZero();
    }

    static Machine machine(String name, boolean compiles, ByteArrayOutputStream output)
            throws IOException {
        byte[] image;
        try (var in = CompilerTest.class.getResourceAsStream("/programs/" + name + ".bin")) {
            image = in.readAllBytes();
        }
        FirmwareImage firmware =
                new FirmwareImage(
                        List.of(new FirmwareImage.Segment(ProgramRunner.ROM, image)),
                        ProgramRunner.ROM,
                        new TreeMap<>());
        MachineOptions options =
                MachineOptions.defaults()
                        .withMemoryMap(ProgramRunner.MAP)
                        .withStopOnFault(false)
                        .withSemihosting(output::writeBytes)
                        .withCompiles(compiles);
        return new Machine(firmware, new TestHypervisor(), List.of(), options);
    }
}
