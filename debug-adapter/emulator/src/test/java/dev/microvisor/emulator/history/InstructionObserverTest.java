package dev.microvisor.emulator.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.machine.Machine;
import org.junit.jupiter.api.Test;

class InstructionObserverTest {
    private static final int INSTRUCTIONS = 100_000;

    @Test
    void anObservedRunIsTheSameRun() {
        Machine plain = TickingProgram.machine();
        plain.run(INSTRUCTIONS);
        Machine observed = TickingProgram.machine();
        long[] seen = new long[3];
        observed.observe(
                (pc, sp, exception) -> {
                    seen[0]++;
                    seen[1] += pc == TickingProgram.STORE ? 1 : 0;
                    seen[2] += exception == 15 && pc == TickingProgram.HANDLER ? 1 : 0;
                });
        observed.run(INSTRUCTIONS);
        assertThat(observed.stateHash()).isEqualTo(plain.stateHash());
        assertThat(seen[1]).isEqualTo(word(observed, TickingProgram.COUNTER));
        assertThat(seen[2]).isEqualTo(word(observed, TickingProgram.TICKS));
        assertThat(seen[0] + observed.waited()).isEqualTo(INSTRUCTIONS);
        assertThat(observed.waited()).isEqualTo(plain.waited()).isPositive();
    }

    private static int word(Machine machine, int address) {
        byte[] bytes = machine.peek(address, 2);
        return (bytes[0] & 0xFF) | (bytes[1] & 0xFF) << 8;
    }
}
