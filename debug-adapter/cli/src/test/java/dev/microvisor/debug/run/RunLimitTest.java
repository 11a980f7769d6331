package dev.microvisor.debug.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microvisor.dap.firmware.CannotRun;
import org.junit.jupiter.api.Test;

class RunLimitTest {
    private static final int CLOCK_HZ = 160_000_000;

    @Test
    void timesAreGivenWithUnits() throws CannotRun {
        assertThat(RunLimit.ofTime("30s", CLOCK_HZ).instructions()).isEqualTo(30L * CLOCK_HZ);
        assertThat(RunLimit.ofTime("500ms", CLOCK_HZ).instructions()).isEqualTo(CLOCK_HZ / 2);
        assertThat(RunLimit.ofTime("1.5m", CLOCK_HZ).instructions()).isEqualTo(90L * CLOCK_HZ);
        assertThat(RunLimit.ofTime("1h", CLOCK_HZ).instructions()).isEqualTo(3600L * CLOCK_HZ);
        assertThat(RunLimit.ofTime("2", CLOCK_HZ).instructions()).isEqualTo(2L * CLOCK_HZ);
    }

    @Test
    void aTimeThatIsNoneIsNamed() {
        assertThatThrownBy(() -> RunLimit.ofTime("soon", CLOCK_HZ))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("soon");
    }

    @Test
    void noInstructionsAtAllIsRefused() {
        assertThatThrownBy(() -> RunLimit.ofInstructions(0)).isInstanceOf(CannotRun.class);
    }

    @Test
    void theEarlierOfTwoLimitsHolds() throws CannotRun {
        RunLimit time = RunLimit.ofTime("1s", CLOCK_HZ);
        assertThat(time.orEarlier(RunLimit.ofInstructions(1000)).instructions()).isEqualTo(1000);
    }
}
