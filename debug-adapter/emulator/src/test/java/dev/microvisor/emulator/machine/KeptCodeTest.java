package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.StopReason;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compiled code is not thrown away without need: going back in time is fast because of that. */
class KeptCodeTest {
    /** loop: adds r0, #1; adds r1, #1; b loop. */
    private static final int[] LOOP = {0x3001, 0x3101, 0xE7FC};

    private static final int SECOND = TinyFirmware.CODE + 2;
    private static final int ENOUGH = 100_000;

    private final Machine machine = new TinyFirmware().code(LOOP).machine(new TestHypervisor());

    private int regions() {
        return machine.processor().regions().size();
    }

    @Test
    void restoringAStateKeepsCompiledCode() {
        MachineSnapshot start = machine.saveSnapshot();
        machine.run(ENOUGH);
        int compiled = regions();
        assertThat(compiled).isPositive();
        machine.restoreSnapshot(start);
        assertThat(regions()).isEqualTo(compiled);
    }

    @Test
    void breakpointsOfAMomentDoNotDivideCompiledCode() {
        machine.run(ENOUGH);
        int compiled = regions();
        machine.compile(false);
        machine.setBreakpoints(Set.of(SECOND));
        assertThat(machine.run(2 * ENOUGH)).isEqualTo(new StopReason.Breakpoint(SECOND));
        machine.setBreakpoints(Set.of());
        machine.compile(true);
        machine.run(2 * ENOUGH);
        assertThat(regions()).isEqualTo(compiled);
    }

    @Test
    void aBreakpointInCompiledCodeIsHitEachTime() {
        machine.run(ENOUGH);
        machine.setBreakpoints(Set.of(SECOND));
        for (int i = 0; i < 1000; i++) {
            long before = machine.now();
            assertThat(machine.run(2 * ENOUGH)).isEqualTo(new StopReason.Breakpoint(SECOND));
            assertThat(machine.now() - before).isLessThanOrEqualTo(LOOP.length);
        }
    }

    @Test
    void aBreakpointThatComesAndGoesIsHitAtTheSamePlaceAsInterpreted() {
        Machine interpreted = new TinyFirmware().code(LOOP).machine(new TestHypervisor());
        interpreted.compile(false);
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            int stretch = 1 + random.nextInt(3000);
            for (Machine each : List.of(machine, interpreted)) {
                each.setBreakpoints(Set.of());
                each.run(each.now() + stretch);
                each.setBreakpoints(Set.of(SECOND));
                assertThat(each.run(Long.MAX_VALUE)).isEqualTo(new StopReason.Breakpoint(SECOND));
            }
            assertThat(machine.now()).as("round " + i).isEqualTo(interpreted.now());
        }
    }

    @Test
    void aBreakpointIsStillHitWhenManyOthersHaveComeAndGone() {
        for (int i = 0; i < 100; i++) {
            machine.setBreakpoints(Set.of(TinyFirmware.HANDLER + 2 * i, SECOND));
            assertThat(machine.run(2 * ENOUGH)).isEqualTo(new StopReason.Breakpoint(SECOND));
        }
        Set<Integer> hit = new HashSet<>();
        machine.setBreakpoints(Set.of(TinyFirmware.CODE, SECOND));
        for (int i = 0; i < 4; i++) {
            machine.run(2 * ENOUGH);
            hit.add(machine.registers().get(Registers.PC));
        }
        assertThat(hit).containsExactlyInAnyOrder(TinyFirmware.CODE, SECOND);
        machine.setBreakpoints(Set.of());
        machine.run(3 * ENOUGH);
        assertThat(regions()).isPositive();
    }
}
