package dev.microvisor.debug.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microvisor.dap.firmware.CannotRun;
import org.junit.jupiter.api.Test;

class RunLimitTest {
    private static final int CLOCK_HZ = 160_000_000;

    @Test
    void timesAreGivenWithUnits() throws CannotRun {
        assertThat(RunLimit.ofTime("--max-time", "30s", CLOCK_HZ).instructions())
                .isEqualTo(30L * CLOCK_HZ);
        assertThat(RunLimit.ofTime("--max-time", "500ms", CLOCK_HZ).instructions())
                .isEqualTo(CLOCK_HZ / 2);
        assertThat(RunLimit.ofTime("--max-time", "1.5m", CLOCK_HZ).instructions())
                .isEqualTo(90L * CLOCK_HZ);
        assertThat(RunLimit.ofTime("--max-time", "1h", CLOCK_HZ).instructions())
                .isEqualTo(3600L * CLOCK_HZ);
        assertThat(RunLimit.ofTime("--max-time", "2", CLOCK_HZ).instructions())
                .isEqualTo(2L * CLOCK_HZ);
    }

    @Test
    void theLimitIsToldWithItsUnit() throws CannotRun {
        assertThat(RunLimit.ofTime("--max-time", "2", CLOCK_HZ).text())
                .isEqualTo("2s of virtual time");
    }

    @Test
    void aTimeThatIsNoneIsNamed() {
        assertThatThrownBy(() -> RunLimit.ofTime("--max-time", "soon", CLOCK_HZ))
                .isInstanceOf(CannotRun.class)
                .hasMessageStartingWith("--max-time soon is not understood");
    }

    @Test
    void noInstructionsAtAllIsRefused() {
        assertThatThrownBy(() -> RunLimit.ofInstructions(0)).isInstanceOf(CannotRun.class);
    }

    @Test
    void theEarlierOfTwoLimitsHolds() throws CannotRun {
        RunLimit time = RunLimit.ofTime("--max-time", "1s", CLOCK_HZ);
        assertThat(time.orEarlier(RunLimit.ofInstructions(1000)).instructions()).isEqualTo(1000);
    }
}
