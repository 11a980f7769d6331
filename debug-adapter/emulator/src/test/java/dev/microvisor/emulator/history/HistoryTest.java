package dev.microvisor.emulator.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee.Watch;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.Registers;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final HistoryOptions CLOSE = new HistoryOptions(1000, 64L << 20);

    private final Machine machine = TickingProgram.machine();
    private final History history = new History(machine, CLOSE);

    private int pc() {
        return machine.registers().get(Registers.PC);
    }

    @Test
    void forwardAndBackAgainGivesTheSameStateForRandomDistances() {
        Random random = new Random(7);
        history.run(20_000);
        for (int i = 0; i < 50; i++) {
            history.run(machine.now() + random.nextInt(3000));
            while (machine.isSleeping()) {
                history.step();
            }
            long hash = machine.stateHash();
            Position start = Position.of(machine);
            int steps = 1 + random.nextInt(40);
            for (int step = 0; step < steps; step++) {
                history.step();
            }
            // A sleep takes many steps forward and one back, so count by position.
            while (machine.now() > start.instruction() || !Position.of(machine).equals(start)) {
                assertThat(machine.now())
                        .as("round " + i)
                        .isGreaterThanOrEqualTo(start.instruction());
                history.stepBack();
            }
            assertThat(machine.stateHash()).as("round " + i).isEqualTo(hash);
        }
    }

    @Test
    void stepBackLeavesAnInterruptHandlerByTheDoorItCameIn() {
        history.setBreakpoints(Set.of(TickingProgram.HANDLER));
        assertThat(history.run(5000)).isInstanceOf(StopReason.Breakpoint.class);
        long now = machine.now();
        history.stepBack();
        assertThat(pc()).isNotEqualTo(TickingProgram.HANDLER);
        assertThat(machine.activeException()).isZero();
        assertThat(machine.now()).isEqualTo(now);
        history.step();
        assertThat(pc()).isEqualTo(TickingProgram.HANDLER);
    }

    @Test
    void stepBackOutOfASleepGoesToTheInstructionThatBeganIt() {
        history.run(10_000);
        while (!machine.isSleeping()) {
            history.step();
        }
        history.setBreakpoints(Set.of(TickingProgram.HANDLER));
        history.run(Long.MAX_VALUE);
        history.stepBack();
        assertThat(pc()).isEqualTo(TickingProgram.SLEEP);
        assertThat(machine.isSleeping()).isFalse();
    }

    @Test
    void rememberingAtABreakpointDoesNotPassIt() {
        Machine plain = TickingProgram.machine();
        Machine other = TickingProgram.machine();
        History remembering = new History(other, new HistoryOptions(7, 64L << 20));
        Set<Integer> breakpoints = Set.of(TickingProgram.STORE, TickingProgram.HANDLER);
        plain.setBreakpoints(breakpoints);
        remembering.setBreakpoints(breakpoints);
        while (plain.run(5_000) instanceof StopReason.Breakpoint) {
            remembering.run(5_000);
            assertThat(Position.of(other)).isEqualTo(Position.of(plain));
        }
    }

    @Test
    void reverseContinueFindsTheLastBreakpointPassed() {
        history.run(50_000);
        int counter = machine.readWord(TickingProgram.COUNTER);
        history.setBreakpoints(Set.of(TickingProgram.STORE));
        StopReason reason = history.reverseContinue();
        assertThat(reason).isEqualTo(new StopReason.Breakpoint(TickingProgram.STORE));
        int first = machine.readWord(TickingProgram.COUNTER);
        assertThat(first).isBetween(counter - 1, counter);
        history.reverseContinue();
        assertThat(machine.readWord(TickingProgram.COUNTER)).isEqualTo(first - 1);
        assertThat(history.run(Long.MAX_VALUE)).isInstanceOf(StopReason.Breakpoint.class);
        assertThat(machine.readWord(TickingProgram.COUNTER)).isEqualTo(first);
    }

    @Test
    void reverseContinueFindsABreakpointOnTheFirstInstructionOfAHandler() {
        history.run(50_000);
        history.setBreakpoints(Set.of(TickingProgram.HANDLER));
        history.reverseContinue();
        int ticks = machine.readWord(TickingProgram.TICKS);
        assertThat(ticks).isGreaterThan(20);
        for (int i = 1; i <= 20; i++) {
            assertThat(history.reverseContinue()).isInstanceOf(StopReason.Breakpoint.class);
            assertThat(machine.readWord(TickingProgram.TICKS)).isEqualTo(ticks - i);
        }
    }

    @Test
    void reverseContinueFindsWhoWroteAWord() {
        history.run(30_000);
        int ticks = machine.readWord(TickingProgram.TICKS);
        history.setWatchpoints(Set.of(new Watch(9, TickingProgram.TICKS, 4, false, true)));
        assertThat(history.reverseContinue())
                .isEqualTo(new StopReason.Watchpoint(9, TickingProgram.TICKS, true));
        assertThat(machine.readWord(TickingProgram.TICKS)).isEqualTo(ticks);
        history.reverseContinue();
        assertThat(machine.readWord(TickingProgram.TICKS)).isEqualTo(ticks - 1);
    }

    @Test
    void withoutABreakpointItGoesToWhereHistoryBegins() {
        history.run(30_000);
        assertThat(history.reverseContinue()).isInstanceOf(StopReason.LimitReached.class);
        assertThat(machine.now()).isEqualTo(history.begin());
        assertThat(history.stepBack()).isInstanceOf(StopReason.LimitReached.class);
        assertThat(machine.now()).isEqualTo(history.begin());
    }

    @Test
    void aChangeByHandForgetsTheFutureAndSurvivesAReplay() {
        history.run(10_000);
        history.goTo(5_000);
        assertThat(history.end()).isEqualTo(10_000);
        history.poke(TickingProgram.TICKS, new byte[] {0, 1, 0, 0});
        assertThat(history.end()).isEqualTo(5_000);
        history.run(5_500);
        assertThat(machine.readWord(TickingProgram.TICKS)).isGreaterThan(255);
        long hash = machine.stateHash();
        history.goTo(2_000);
        assertThat(machine.readWord(TickingProgram.TICKS)).isLessThan(100);
        history.goTo(5_500);
        assertThat(machine.stateHash()).isEqualTo(hash);
        history.goTo(4_999);
        history.step();
        history.step();
        assertThat(machine.readWord(TickingProgram.TICKS)).isGreaterThan(255);
    }

    @Test
    void severalChangesAtOnePlaceAreOneAndTheRunGoesOn() {
        history.run(5_000);
        history.poke(TickingProgram.TICKS, new byte[] {0, 1, 0, 0});
        history.registers().set(3, 1_000_000);
        history.poke(TickingProgram.TICKS, new byte[] {0, 2, 0, 0});
        assertThat(history.run(6_000)).isInstanceOf(StopReason.LimitReached.class);
        long hash = machine.stateHash();
        assertThat(machine.readWord(TickingProgram.TICKS)).isGreaterThan(0x200);
        history.goTo(4_000);
        assertThat(machine.readWord(TickingProgram.TICKS)).isLessThan(0x100);
        history.goTo(6_000);
        assertThat(machine.stateHash()).isEqualTo(hash);
    }

    @Test
    void changesOnBothSidesOfAnExceptionAreBothTakenOn() {
        history.setBreakpoints(Set.of(TickingProgram.HANDLER));
        history.run(5_000);
        history.stepBack();
        long now = machine.now();
        history.poke(TickingProgram.TICKS, new byte[] {0, 1, 0, 0});
        history.step();
        assertThat(machine.now()).isEqualTo(now);
        assertThat(machine.activeException()).isPositive();
        history.poke(TickingProgram.COUNTER, new byte[] {0, 0, 1, 0});
        history.setBreakpoints(Set.of());
        history.run(6_000);
        long hash = machine.stateHash();
        history.goTo(now - 1);
        history.goTo(6_000);
        assertThat(machine.stateHash()).isEqualTo(hash);
    }

    @Test
    void registerChangeCountsAsAChangeByHand() {
        history.run(10_000);
        history.goTo(5_000);
        history.registers().set(3, 1_000_000);
        history.run(6_000);
        assertThat(machine.readWord(TickingProgram.COUNTER)).isGreaterThan(1_000_000);
        history.goTo(4_000);
        history.goTo(6_000);
        assertThat(machine.readWord(TickingProgram.COUNTER)).isGreaterThan(1_000_000);
    }

    @Test
    void replayingIsSaidOnlyWhereTheRunIsKnown() {
        history.run(10_000);
        assertThat(history.replaying()).isFalse();
        history.goTo(9_000);
        assertThat(history.replaying()).isTrue();
        history.run(10_001);
        assertThat(history.replaying()).isFalse();
    }

    @Test
    void memoryStaysWithinTheBudgetAndTheBeginningStaysReachable() {
        long budget = 3_000_000;
        Machine other = TickingProgram.machine();
        History tight = new History(other, new HistoryOptions(500, budget));
        tight.run(2_000_000);
        assertThat(tight.bytes()).isLessThanOrEqualTo(budget);
        long hash = other.stateHash();
        tight.goTo(100);
        tight.goTo(2_000_000);
        assertThat(other.stateHash()).isEqualTo(hash);
    }

    @Test
    void pauseBreaksASearchOffWhereItBegan() {
        history.run(30_000);
        long hash = machine.stateHash();
        history.pause();
        StopReason reason = history.reverseTo(Set.of(TickingProgram.SLEEP), Set.of(), r -> false);
        assertThat(reason).isInstanceOf(StopReason.Paused.class);
        assertThat(machine.stateHash()).isEqualTo(hash);
    }

    @Test
    void restartGoesToTheFirstState() {
        long hash = machine.stateHash();
        history.run(12_345);
        history.restart();
        assertThat(machine.stateHash()).isEqualTo(hash);
    }
}
