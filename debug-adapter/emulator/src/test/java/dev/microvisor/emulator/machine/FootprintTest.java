package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.core.Footprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A footprint names every instruction that has run, and of the others only few. */
class FootprintTest {
    private static final long SEED = 5;
    private static final int STRETCHES = 60;
    private static final int LONGEST = 30_000;

    /** Instructions beside one that has run that may be named with it. */
    private static final int PIECE_BYTES = 32;

    @ParameterizedTest
    @ValueSource(strings = {"suite-O0-soft", "suite-O2-hard", "system-O1-hard"})
    void whatRunsInStretchesOfRandomLength(String name) throws IOException {
        Machine compiled = CompilerTest.machine(name, true, new ByteArrayOutputStream());
        Machine interpreted = CompilerTest.machine(name, false, new ByteArrayOutputStream());
        Machine observed = CompilerTest.machine(name, false, new ByteArrayOutputStream());
        Set<Integer> ran = new TreeSet<>();
        observed.observe(
                (pc, sp, exception) -> {
                    // The program also branches to where there is no memory, on purpose.
                    if (observed.regionAt(pc).isPresent()) {
                        ran.add(pc);
                    }
                });
        Random random = new Random(SEED);
        long until = 0;
        for (int i = 0; i < STRETCHES; i++) {
            ran.clear();
            until += 1 + random.nextInt(LONGEST);
            observed.run(until);
            interpreted.run(until);
            compiled.run(until);
            String where = name + ", seed " + SEED + ", stretch " + i;
            namesAll(compiled.takeFootprint(), ran, where);
            Footprint exact = interpreted.takeFootprint();
            namesAll(exact, ran, where);
            namesFewMore(exact, ran, where);
        }
        assertThat(compiled.processor().regions().size()).as("compiled regions").isPositive();
    }

    private static void namesAll(Footprint footprint, Set<Integer> ran, String where) {
        assertThat(ran).as(where).isNotEmpty().allMatch(footprint::mayInclude);
    }

    /** A wide instruction reaches into the next piece. */
    private static void namesFewMore(Footprint footprint, Set<Integer> ran, String where) {
        int end = ProgramRunner.ROM + 0x1_0000;
        for (int piece = ProgramRunner.ROM; piece < end; piece += PIECE_BYTES) {
            boolean near = false;
            for (int at = piece - PIECE_BYTES; at < piece + PIECE_BYTES; at += 2) {
                near |= ran.contains(at);
            }
            assertThat(near || !footprint.mayInclude(piece))
                    .as("%s: 0x%x is named and nothing near it has run", where, piece)
                    .isTrue();
        }
    }

    @Test
    void aSystemCallIsNamedByItsPlaceInTheTable() {
        TinyFirmware firmware =
                new TinyFirmware()
                        .code(0x4B00, 0x4798) // ldr r3, =call; blx r3
                        .word(TinyFirmware.CODE + 4, Machine.CALL_TABLE + 8 * 5 + 1);
        Machine machine = firmware.machine(new TestHypervisor());
        machine.run(2);
        assertThat(machine.takeFootprint().called()).isFalse();
        machine.run(3);
        Footprint footprint = machine.takeFootprint();
        assertThat(footprint.called()).isTrue();
        assertThat(footprint.mayInclude(Machine.CALL_TABLE + 8 * 5)).isTrue();
        assertThat(footprint.mayInclude(Machine.CALL_TABLE + 8 * 20)).isFalse();
        assertThat(footprint.mayInclude(TinyFirmware.CODE)).isFalse();
    }

    @Test
    void ofTwoAnswersAboutOneStretchWhatBothNameIsLeft() {
        Machine machine =
                new TinyFirmware()
                        .code(0x2001, 0x2002, 0x2003, 0xE7FE)
                        .machine(new TestHypervisor());
        Footprint nothing = machine.takeFootprint();
        machine.run(3);
        Footprint some = machine.takeFootprint();
        assertThat(some.mayInclude(TinyFirmware.CODE)).isTrue();
        assertThat(some.onlyWith(nothing).mayInclude(TinyFirmware.CODE)).isFalse();
        assertThat(nothing.with(some).mayInclude(TinyFirmware.CODE)).isTrue();
        assertThat(nothing.with(some).same(some)).isTrue();
        assertThat(some.with(Footprint.NOTHING)).isSameAs(some);
    }
}
