package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.microvisor.emulator.history.History;
import dev.microvisor.emulator.history.HistoryOptions;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Loops that only wait are jumped over, and nobody can tell: everything is as if each of their
 * rounds had been executed. In all programs SysTick counts the word at {@link #RAM} up.
 */
class IdleLoopsTest {
    private static final int RAM = 0x2000_0100;
    private static final int SYSTICK_CTRL = 0xE000_E010;
    private static final int SYSTICK_LOAD = 0xE000_E014;

    /** Ten virtual minutes at 160 MHz, for which the interpreter needs a quarter of an hour. */
    private static final long LONG = 96_000_000_000L;

    private static final long MILLISECOND = 160_000;

    private static TinyFirmware counted(int... code) {
        return new TinyFirmware()
                .code(code)
                .handler(
                        0x4902, // ldr r1, =RAM
                        0x6808, // ldr r0, [r1]
                        0x3001, // adds r0, #1
                        0x6008, // str r0, [r1]
                        0x4770) // bx lr
                .word(TinyFirmware.HANDLER + 0xC, RAM);
    }

    /** Loads until a word in RAM is larger by three, then counts in r7 and waits again. */
    private static TinyFirmware polling() {
        return counted(
                        0x4C04, // ldr r4, =RAM
                        0x2700, // movs r7, #0
                        0x6820, // 1: ldr r0, [r4]
                        0x6823, // 2: ldr r3, [r4]
                        0x1A1B, // subs r3, r3, r0
                        0x2B03, // cmp r3, #3
                        0xD3FB, // blo 2b
                        0x3701, // adds r7, #1
                        0xE7F8) // b 1b
                .word(TinyFirmware.CODE + 0x14, RAM);
    }

    /** The same as compilers write it without optimisation: a function, frames, a variable. */
    private static TinyFirmware pollingWithCalls() {
        return counted(
                        0xB580, // push {r7, lr}
                        0xB082, // sub sp, #8
                        0x466F, // mov r7, sp
                        0xF000, 0xF80B, // 3: bl ticks
                        0x6078, // str r0, [r7, #4]
                        0xF000, 0xF808, // 4: bl ticks
                        0x4602, // mov r2, r0
                        0x687B, // ldr r3, [r7, #4]
                        0x1AD2, // subs r2, r2, r3
                        0x2A03, // cmp r2, #3
                        0xD3F8, // blo 4b
                        0x3501, // adds r5, #1
                        0xE7F3, // b 3b
                        0xBF00, // nop
                        0xB480, // ticks: push {r7}
                        0x466F, // mov r7, sp
                        0x4B02, // ldr r3, =RAM
                        0x681B, // ldr r3, [r3]
                        0x4618, // mov r0, r3
                        0x46BD, // mov sp, r7
                        0xBC80, // pop {r7}
                        0x4770) // bx lr
                .word(TinyFirmware.CODE + 0x30, RAM);
    }

    /** As kernels do: masks, a counter that goes up and down, stores of all kinds, IT blocks. */
    private static TinyFirmware nesting() {
        return counted(
                        0x4C1E, // ldr r4, =RAM
                        0x2610, // movs r6, #16
                        0x2040, // 5: movs r0, #0x40
                        0xF3EF, 0x8511, // mrs r5, basepri
                        0xF380, 0x8811, // msr basepri, r0
                        0xF3BF, 0x8F4F, // dsb
                        0x6921, // ldr r1, [r4, #16]
                        0x3101, // adds r1, #1
                        0x6121, // str r1, [r4, #16]
                        0x7561, // strb r1, [r4, #21]
                        0x8361, // strh r1, [r4, #26]
                        0xE9C4, 0x1608, // strd r1, r6, [r4, #32]
                        0xF844, 0x1026, // str.w r1, [r4, r6, lsl #2]
                        0x6921, // ldr r1, [r4, #16]
                        0x3901, // subs r1, #1
                        0x6121, // str r1, [r4, #16]
                        0x7561, // strb r1, [r4, #21]
                        0x8361, // strh r1, [r4, #26]
                        0xE9C4, 0x1608, // strd r1, r6, [r4, #32]
                        0xF104, 0x0228, // add.w r2, r4, #40
                        0xF842, 0x1F04, // str.w r1, [r2, #4]!
                        0xF842, 0x6B04, // str.w r6, [r2], #4
                        0xF842, 0x0C08, // str.w r0, [r2, #-8]
                        0xF8C4, 0x0027, // str.w r0, [r4, #39]
                        0x2100, // movs r1, #0
                        0xF8C4, 0x1027, // str.w r1, [r4, #39]
                        0x62E1, // str r1, [r4, #44]
                        0x62A1, // str r1, [r4, #40]
                        0xE854, 0x1F00, // ldrex r1, [r4]
                        0xF3BF, 0x8F2F, // clrex
                        0xF04F, 0x0000, // mov.w r0, #0
                        0xF385, 0x8811, // msr basepri, r5
                        0x6820, // ldr r0, [r4]
                        0xF010, 0x0F07, // tst.w r0, #7
                        0xBF04, // itt eq
                        0x3600, // addeq r6, #0
                        0x6326, // streq r6, [r4, #48]
                        0xD1CA, // bne 5b
                        0x3701, // adds r7, #1
                        0x6820, // 6: ldr r0, [r4]
                        0xF010, 0x0F07, // tst.w r0, #7
                        0xD0FB, // beq 6b
                        0xE7C4) // b 5b
                .word(TinyFirmware.CODE + 0x7C, RAM);
    }

    /** Waits until SysTick, which it reads, has counted down far enough. */
    private static TinyFirmware pollingTime() {
        return counted(
                        0x4C03, // ldr r4, =SYST_CVR
                        0x6820, // 1: ldr r0, [r4]
                        0x0A80, // lsrs r0, r0, #10
                        0xD1FC, // bne 1b
                        0x3701, // adds r7, #1
                        0xE7FA) // b 1b
                .word(TinyFirmware.CODE + 0x10, SYSTICK_CTRL + 8);
    }

    private static void tickEvery(Machine machine, long instructions) {
        machine.system().write(SYSTICK_LOAD, 4, (int) instructions - 1);
        machine.system().write(SYSTICK_CTRL, 4, 7);
    }

    private static void endsTheSameEverywhere(TinyFirmware firmware) {
        MachinePair pair = new MachinePair(firmware);
        pair.both(machine -> tickEvery(machine, 30_011));
        for (int i = 0; i < 30; i++) {
            pair.runAndCompareAll(pair.now() + 39_973 + i, "stretch " + i);
            pair.runAndCompareAll(pair.now() + 5_000 + i, "short stretch " + i);
            pair.run(pair.now() + 1, "one more instruction");
        }
    }

    private static Machine runLong(TinyFirmware firmware) {
        MachineOptions options = MachineOptions.defaults().withCompiles(true);
        Machine machine = firmware.machine(new TestHypervisor(), options);
        tickEvery(machine, MILLISECOND);
        machine.run(LONG / 500);
        assertEquals(LONG / 500, machine.now());
        return machine;
    }

    private static void isJumpedOver(TinyFirmware firmware) {
        long jumped = runLong(firmware).processor().jumpedOver();
        assertThat(jumped).isGreaterThan(LONG / 500 * 98 / 100);
    }

    @Test
    void pollingAFlag() {
        endsTheSameEverywhere(polling());
        isJumpedOver(polling());
    }

    @Test
    void pollingThroughFunctionsWithFrames() {
        endsTheSameEverywhere(pollingWithCalls());
        isJumpedOver(pollingWithCalls());
    }

    @Test
    void whatIsWrittenAndPutBack() {
        endsTheSameEverywhere(nesting());
        isJumpedOver(nesting());
    }

    @Test
    void theTimeItselfIsNeverJumpedOver() {
        endsTheSameEverywhere(pollingTime());
        MachinePair pair = new MachinePair(pollingTime());
        pair.both(machine -> tickEvery(machine, 30_011));
        pair.runAndCompareAll(1_000_000, "polling the time");
        assertEquals(0, pair.compiled.processor().jumpedOver());
    }

    @Test
    void breakpointsHoldWhereTheLoopIsLeftAndInside() {
        MachinePair pair = new MachinePair(polling());
        pair.both(machine -> tickEvery(machine, 30_011));
        for (int offset = 4; offset < 0x12; offset += 2) {
            Set<Integer> breakpoints = Set.of(TinyFirmware.CODE + offset);
            pair.both(machine -> machine.setBreakpoints(breakpoints));
            for (int i = 0; i < 5; i++) {
                pair.run(pair.now() + 200_000, "breakpoint at +" + offset);
            }
            pair.both(machine -> machine.setBreakpoints(Set.of()));
            pair.runAndCompareAll(pair.now() + 200_000, "without");
        }
    }

    @Test
    void watchpointsSeeEveryAccess() {
        MachinePair pair = new MachinePair(polling());
        pair.both(machine -> tickEvery(machine, 30_011));
        pair.run(100_000, "before");
        for (boolean reads : new boolean[] {true, false}) {
            Set<Debuggee.Watch> watches = Set.of(new Debuggee.Watch(1, RAM, 4, reads, !reads));
            pair.both(machine -> machine.setWatchpoints(watches));
            for (int i = 0; i < 10; i++) {
                assertThat(pair.run(pair.now() + 200_000, "watched")).contains("0x20000100");
            }
        }
    }

    @Test
    void goingBackLeadsToTheSameStates() {
        TinyFirmware firmware = pollingWithCalls();
        Machine machine =
                firmware.machine(
                        new TestHypervisor(), MachineOptions.defaults().withCompiles(true));
        long tick = 20_000;
        tickEvery(machine, tick);
        History history = new History(machine, new HistoryOptions(5 * tick, 64L << 20));
        history.run(40 * tick);
        assertThat(machine.processor().jumpedOver()).isGreaterThan(20 * tick);
        // Where a wait of three ticks is over, newest first.
        history.setBreakpoints(Set.of(TinyFirmware.CODE + 0x1A));
        for (int back = 0; back < 6; back++) {
            history.reverseContinue();
            Machine other =
                    firmware.machine(
                            new TestHypervisor(), MachineOptions.defaults().withCompiles(false));
            tickEvery(other, tick);
            other.setBreakpoints(Set.of(TinyFirmware.CODE + 0x1A));
            for (int forward = 0; forward < 13 - back; forward++) {
                other.run(40 * tick);
            }
            assertEquals(other.now(), machine.now());
            assertEquals(other.stateHash(), machine.stateHash());
        }
    }

    /** Instructions of which loops come to rest, or go round in circles, or do not. */
    private static final int[] PIECES = {
        0x2001, // movs r0, #1
        0x2103, // movs r1, #3
        0x3101, // adds r1, #1
        0x6820, // ldr r0, [r4]
        0x6861, // ldr r1, [r4, #4]
        0x68A2, // ldr r2, [r4, #8]
        0x7A63, // ldrb r3, [r4, #9]
        0x6060, // str r0, [r4, #4]
        0x60A1, // str r1, [r4, #8]
        0x7262, // strb r2, [r4, #9]
        0x81A3, // strh r3, [r4, #12]
        0x4041, // eors r1, r0
        0x4002, // ands r2, r0
        0x430B, // orrs r3, r1
        0x0849, // lsrs r1, r1, #1
        0x2B02, // cmp r3, #2
        0x41C8, // rors r0, r1
        0x4152, // adcs r2, r2
        0xBF08, // it eq
        0xD000, // beq over the next
        0xB403, // push {r0, r1}
        0xBC0C, // pop {r2, r3}
        0x3208, // adds r2, #8
        0x43C0, // mvns r0, r0
    };

    @Test
    void randomLoopsEndTheSameEverywhere() {
        int seeds = Integer.getInteger("idle.seeds", 25);
        long jumped = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Random random = new Random(seed);
            int length = 2 + random.nextInt(10);
            IntStream loop = random.ints(length, 0, PIECES.length).map(i -> PIECES[i]);
            int back = 0xE000 | (-length - 4 & 0x7FF);
            // movs r4, #RAM in two steps; the loop; room behind a branch over the next.
            IntStream begin = IntStream.of(0x4C0D, 0xBF00);
            IntStream end = IntStream.of(0xBF00, 0xBF00, back);
            TinyFirmware firmware =
                    counted(IntStream.concat(begin, IntStream.concat(loop, end)).toArray())
                            .word(TinyFirmware.CODE + 0x38, RAM);
            MachinePair pair = new MachinePair(firmware);
            pair.both(machine -> tickEvery(machine, 15_013));
            for (int i = 0; i < 5; i++) {
                pair.run(pair.now() + random.nextInt(30_000), "seed " + seed);
            }
            pair.runAndCompareAll(pair.now() + 20_000, "seed " + seed);
            jumped += pair.compiled.processor().jumpedOver();
        }
        assertThat(jumped).as("many of them come to rest").isGreaterThan(10_000L * seeds);
    }
}
