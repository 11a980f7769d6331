package dev.microvisor.emulator.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee.Watch;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.Registers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Searching backwards finds what a run forwards has come by, and not by running it all again. */
class SearchTest {
    private static final long RUN = 60_000;
    private static final Watch TICKS = new Watch(1, TickingProgram.TICKS, 4, false, true);

    private final Machine machine = TickingProgram.machine();
    private final History history = new History(machine, new HistoryOptions(9_000, 64L << 20));

    /** Every stop of a run forwards, in order. */
    private List<Position> forwards(Set<Integer> breakpoints, Set<Watch> watches) {
        Machine other = TickingProgram.machine();
        other.setBreakpoints(breakpoints);
        other.setWatchpoints(watches);
        List<Position> stops = new ArrayList<>();
        while (!(other.run(RUN) instanceof StopReason.LimitReached)) {
            stops.add(Position.of(other));
        }
        return stops;
    }

    private void findsTheSameBackwards(Set<Integer> breakpoints, Set<Watch> watches) {
        List<Position> stops = forwards(breakpoints, watches);
        history.run(RUN);
        history.setBreakpoints(breakpoints);
        history.setWatchpoints(watches);
        Random random = new Random(3);
        for (int i = 0; i < 30; i++) {
            int index = random.nextInt(stops.size());
            history.goTo(stops.get(index).instruction() + 1 + random.nextInt(500));
            Position from = Position.of(machine);
            StopReason reason = history.reverseContinue();
            // The last stop of the run forwards that lies before the place.
            Position expected = Position.of(machine);
            for (Position stop : stops) {
                if (stop.instruction() < from.instruction()) {
                    expected = stop;
                }
            }
            assertThat(reason).isNotInstanceOf(StopReason.LimitReached.class);
            assertThat(Position.of(machine)).as("round " + i + " from " + from).isEqualTo(expected);
        }
    }

    @Test
    void whatIsComeByAllTheTime() {
        findsTheSameBackwards(Set.of(TickingProgram.STORE), Set.of());
    }

    @Test
    void whatIsComeByInHandlers() {
        findsTheSameBackwards(Set.of(TickingProgram.HANDLER), Set.of());
    }

    @Test
    void whatIsComeBySeldom() {
        findsTheSameBackwards(Set.of(TickingProgram.SLEEP), Set.of());
    }

    @Test
    void whatIsWritten() {
        findsTheSameBackwards(Set.of(), Set.of(TICKS));
    }

    @Test
    void severalThings() {
        findsTheSameBackwards(Set.of(TickingProgram.STORE, TickingProgram.SLEEP), Set.of(TICKS));
    }

    @Test
    void whatNeverRanIsNotLookedFor() {
        history.run(RUN);
        int[] stretches = new int[1];
        history.onProgress((done, total) -> stretches[0]++);
        StopReason reason =
                history.reverseTo(
                        Set.of(TickingProgram.FLASH), Set.of(), Wanted.noEvents(r -> true));
        assertThat(reason).isInstanceOf(StopReason.LimitReached.class);
        assertThat(machine.now()).isZero();
        assertThat(stretches[0]).isZero();
    }

    @Test
    void whatIsWrittenOnASeldomPageIsFoundWithoutRunningTheRest() {
        int seldom = TickingProgram.COUNTER + 0x4000;
        history.run(1_000);
        history.poke(seldom, new byte[] {1});
        history.run(100 * RUN);
        int[] stretches = new int[1];
        history.onProgress((done, total) -> stretches[0]++);
        Watch watch = new Watch(1, seldom, 4, false, true);
        StopReason reason = history.reverseTo(Set.of(), Set.of(watch), Wanted.noEvents(r -> true));
        assertThat(reason).isInstanceOf(StopReason.LimitReached.class);
        assertThat(stretches[0]).isLessThan(3);
    }

    @Test
    void everyPlaceOfTheProgramIsFoundBackwards() {
        Random random = new Random(11);
        for (int round = 0; round < 40; round++) {
            int place = TickingProgram.FLASH + 0x100 + 2 * random.nextInt(0x26);
            List<Position> stops = forwards(Set.of(place), Set.of());
            history.run(RUN);
            long from = 1L + random.nextInt((int) RUN - 1);
            history.goTo(from);
            history.reverseTo(Set.of(place), Set.of(), Wanted.noEvents(reason -> true));
            long expected =
                    stops.stream()
                            .mapToLong(Position::instruction)
                            .filter(instruction -> instruction < from)
                            .max()
                            .orElse(0);
            assertThat(machine.now()).as("0x%x before %d", place, from).isEqualTo(expected);
        }
    }

    @Test
    void askedOnlyAFewTimesWhetherAPlaceThatIsComeByAllTheTimeIsWanted() {
        history.run(RUN);
        int[] asked = new int[1];
        history.reverseTo(
                Set.of(TickingProgram.STORE),
                Set.of(),
                reason -> {
                    asked[0]++;
                    return true;
                });
        int comeBy = forwards(Set.of(TickingProgram.STORE), Set.of()).size();
        assertThat(comeBy).isGreaterThan(5_000);
        assertThat(asked[0]).isLessThan(500);
    }

    @Test
    void aSleepWhenAStateIsDueDelaysItOnlyALittle() {
        // This program sleeps at all multiples of 9,000.
        history.run(RUN);
        assertThat(history.bytes()).isGreaterThan(5 * Moments.OVERHEAD_BYTES);
    }

    @Test
    void progressIsToldAndEndsAtTheBeginning() {
        history.run(RUN);
        List<Long> done = new ArrayList<>();
        history.onProgress(
                (searched, total) -> {
                    assertThat(total).isEqualTo(RUN);
                    done.add(searched);
                });
        history.reverseTo(Set.of(TickingProgram.SLEEP), Set.of(), reason -> false);
        assertThat(done).isSorted().hasSizeGreaterThan(1);
        assertThat(machine.now()).isZero();
    }

    @Test
    void aPauseAtAnyMomentBreaksTheSearchOff() {
        history.run(RUN);
        Position here = Position.of(machine);
        int[] all = new int[1];
        history.onProgress((done, total) -> all[0]++);
        history.reverseTo(
                Set.of(TickingProgram.SLEEP),
                Set.of(),
                r -> {
                    all[0]++;
                    return false;
                });
        assertThat(all[0]).isGreaterThan(50);
        for (int after = 0; after < all[0]; after++) {
            history.goTo(here.instruction());
            int[] asked = {after};
            history.onProgress((done, total) -> pauseAtZero(asked));
            StopReason reason =
                    history.reverseTo(
                            Set.of(TickingProgram.SLEEP),
                            Set.of(),
                            r -> {
                                pauseAtZero(asked);
                                return false;
                            });
            assertThat(reason).as("pause %d", after).isInstanceOf(StopReason.Paused.class);
            assertThat(Position.of(machine)).isEqualTo(here);
        }
    }

    private void pauseAtZero(int[] countdown) {
        if (countdown[0]-- == 0) {
            history.pause();
        }
    }

    @Test
    void aChangeByHandMakesNearbyStatesOfTheOldFutureMoot() {
        history.run(RUN);
        history.setBreakpoints(Set.of(TickingProgram.STORE));
        history.reverseContinue();
        long late = machine.now();
        history.goTo(late - 5_000);
        history.poke(TickingProgram.TICKS, new byte[] {0, 0, 1, 0});
        history.setBreakpoints(Set.of());
        history.run(RUN);
        history.goTo(late);
        assertThat(machine.readWord(TickingProgram.TICKS)).isGreaterThan(0x10000);
        history.setBreakpoints(Set.of(TickingProgram.STORE));
        history.reverseContinue();
        assertThat(machine.readWord(TickingProgram.TICKS)).isGreaterThan(0x10000);
        assertThat(machine.registers().get(Registers.PC)).isEqualTo(TickingProgram.STORE);
    }
}
