package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.history.History;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.machine.Machine;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Forwards N and back N is where one was, with the network, HTTP requests, config fetches, their
 * interrupts, logs and sleeps in between.
 */
class TravelTest {
    private static final int ROUNDS = 10;
    private static final int MOST_STEPS = 60;

    @ParameterizedTest
    @CsvSource({
        "http-request, true, 1",
        "http-request, false, 2",
        "config-fetch, true, 3",
        "config-fetch, false, 4"
    })
    void forwardsAndBackAgain(String sample, boolean compiles, long seed) throws Exception {
        EmulatedBoard[] made = new EmulatedBoard[1];
        Target target =
                TargetLoader.load(
                        LaunchOptions.toRun(
                                Samples.elf(sample), Optional.empty(), Optional.of(seed)),
                        (image, cloud) -> made[0] = EmulatedBoard.withHistory(image, cloud));
        Machine machine = made[0].emulator();
        machine.compile(compiles);
        History history = target.history().orElseThrow();
        long end = lastCall(target, history);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            history.goTo(1 + (long) (random.nextDouble() * (end - 1)));
            machine.compile(compiles);
            String state = state(target, machine);
            long from = machine.now();
            int steps = 1 + random.nextInt(MOST_STEPS);
            int done = 0;
            while (done < steps && machine.now() < end) {
                history.step();
                done++;
            }
            String further = state(target, machine);
            long reached = machine.now();
            history.goTo(from);
            assertThat(state(target, machine)).as(sample + " back at " + from).isEqualTo(state);
            history.goTo(reached);
            assertThat(state(target, machine))
                    .as(sample + " again at " + reached)
                    .isEqualTo(further);
            while (machine.now() > from) {
                history.stepBack();
            }
            history.goTo(from);
            assertThat(state(target, machine)).as(sample + " stepped to " + from).isEqualTo(state);
        }
    }

    /** Runs until the firmware has done what it does, but not to where it only sleeps. */
    private static long lastCall(Target target, History history) {
        long clock = target.machine().clockHz();
        while (history.now() < 15 * clock) {
            StopReason reason = history.run(history.now() + clock);
            if (!(reason instanceof StopReason.LimitReached)) {
                break;
            }
        }
        return target.kernel().recentCalls().stream()
                .mapToLong(CallView::instruction)
                .max()
                .orElseThrow();
    }

    /** Everything that the firmware and a person can see. */
    private static String state(Target target, Machine machine) {
        return machine.now()
                + " "
                + machine.stateHash()
                + " "
                + machine.isSleeping()
                + target.kernel();
    }
}
