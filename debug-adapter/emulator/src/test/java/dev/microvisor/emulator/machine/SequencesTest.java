package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.StopReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The interpreter executes instructions in rows; nobody sees where one begins or ends. */
class SequencesTest {
    private static final int CODE = 0x2000_0100;
    private static final int ELSEWHERE = 0x2000_0800;
    private static final int MOVS_R0_2 = 0x2002;

    /** strh r2, [r1]; movs r0, #1; adds r3, #1; b to the first. */
    private static final int[] STORES_AND_GOES_ON = {0x800A, 0x2001, 0x3301, 0xE7FB};

    /**
     * cmp r0, #3; ite lt; addlt r0, #1; movge r0, #0; adds r1, #7; bne to the first; b to the
     * first.
     */
    private static final int[] MANY_KINDS = {
        0x2803, 0xBFB4, 0x3001, 0x2000, 0x3107, 0xD1F9, 0xE7F8
    };

    private static Machine machine(int... code) {
        Machine machine = new TinyFirmware().code(0xE7FE).machine(new TestHypervisor());
        machine.interpretOnly();
        ByteBuffer bytes = ByteBuffer.allocate(2 * code.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int halfword : code) {
            bytes.putShort((short) halfword);
        }
        machine.poke(CODE, bytes.array());
        machine.registers().set(15, CODE);
        return machine;
    }

    @Test
    void anInstructionThatTheOneBeforeItOverwritesIsExecutedAsItIsThen() {
        Machine machine = machine(STORES_AND_GOES_ON);
        machine.registers().set(1, ELSEWHERE);
        machine.registers().set(2, MOVS_R0_2);
        machine.run(machine.now() + 2 * STORES_AND_GOES_ON.length);
        assertThat(machine.registers().get(0)).isEqualTo(1);

        machine.registers().set(1, CODE + 2);
        machine.run(machine.now() + 2);
        assertThat(machine.registers().get(0)).isEqualTo(2);
        assertThat(machine.registers().get(15)).isEqualTo(CODE + 4);
    }

    @Test
    void everyStopIsWhereStepsLeadTo() {
        Machine steps = machine(MANY_KINDS);
        for (int count = 1; count <= 100; count++) {
            steps.run(steps.now() + 1);
            Machine run = machine(MANY_KINDS);
            run.run(run.now() + count);
            assertThat(run.now()).isEqualTo(steps.now());
            for (int register = 0; register < 16; register++) {
                assertThat(run.registers().get(register))
                        .as("register %d after %d instructions", register, count)
                        .isEqualTo(steps.registers().get(register));
            }
            assertThat(run.stateHash()).isEqualTo(steps.stateHash());
        }
    }

    @Test
    void aBreakpointInARowIsHitAndPassed() {
        Machine machine = machine(MANY_KINDS);
        machine.run(machine.now() + 50);
        for (int place : new int[] {CODE, CODE + 2, CODE + 8, CODE + 10}) {
            machine.setBreakpoints(Set.of(place));
            for (int i = 0; i < 10; i++) {
                long before = machine.now();
                assertThat(machine.run(before + 20)).isEqualTo(new StopReason.Breakpoint(place));
                assertThat(machine.registers().get(15)).isEqualTo(place);
                assertThat(machine.now() - before).isLessThanOrEqualTo(7);
            }
        }
    }

    @Test
    void aWatchpointInARowStopsBehindTheStore() {
        Machine machine = machine(STORES_AND_GOES_ON);
        machine.registers().set(1, ELSEWHERE);
        machine.run(machine.now() + 20);
        machine.setWatchpoints(Set.of(new Debuggee.Watch(1, ELSEWHERE, 2, false, true)));
        machine.run(machine.now() + 20);
        assertThat(machine.registers().get(15)).isEqualTo(CODE + 2);
    }
}
