package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Loops that ask Microvisor for the time until it is late enough: what they leave behind is as if
 * each of their rounds had been executed.
 */
class TimeLoopsTest {
    private static final int SLOT = 5;
    private static final int TICK = 30_011;

    /** As many calls are kept for debuggers. */
    private static final int KEPT = 100;

    /** Where the wait is over. */
    private static final int LATE = TinyFirmware.CODE + 0x32;

    /**
     * Counts in r6 how often it is later by so many microseconds, as gcc writes it without
     * optimisation.
     *
     * @param step what is done when it is late: an instruction
     */
    private static TinyFirmware waiting(int microseconds, int step) {
        return new TinyFirmware()
                .code(
                        0xB5F0, // push {r4, r5, r6, r7, lr}
                        0xB085, // sub sp, #20
                        0x466F, // mov r7, sp
                        0x2000, // movs r0, #0
                        0x60B8, // str r0, [r7, #8]
                        0x60F8, // str r0, [r7, #12]
                        0x2600, // movs r6, #0
                        0x4638, // 1: mov r0, r7
                        0xF000,
                        0xF818, // bl veneer
                        0x2800, // cmp r0, #0
                        0xD1FA, // bne 1b
                        0xE9D7,
                        0x0100, // ldrd r0, r1, [r7]
                        0xE9D7,
                        0x2302, // ldrd r2, r3, [r7, #8]
                        0x1A84, // subs r4, r0, r2
                        0xEB61,
                        0x0503, // sbc.w r5, r1, r3
                        0x4B06, // ldr r3, =microseconds
                        0x429C, // cmp r4, r3
                        0xF175,
                        0x0300, // sbcs.w r3, r5, #0
                        0xD304, // blo 2f
                        0x3601, // adds r6, #1
                        0xE9D7,
                        0x2300, // ldrd r2, r3, [r7]
                        0xE9C7,
                        0x2302, // strd r2, r3, [r7, #8]
                        step, // 2: uxtb r2, r6
                        0x613A, // str r2, [r7, #16]
                        0xE7E6, // b 1b
                        microseconds & 0xFFFF,
                        microseconds >>> 16,
                        0xF8DF,
                        0xF000, // veneer: ldr.w pc, [pc]
                        0xE029,
                        0x0C1F) // the slot
                .handler(
                        0x4902, // ldr r1, =0x20000100
                        0x6808, // ldr r0, [r1]
                        0x3001, // adds r0, #1
                        0x6008, // str r0, [r1]
                        0x4770) // bx lr
                .word(TinyFirmware.HANDLER + 0xC, 0x2000_0100);
    }

    private static final int UXTB_R2_R6 = 0xB2F2;
    private static final int ADDS_R6_1 = 0x3601;
    private static final int ADDS_R2_R0_R6 = 0x1982;

    private static MachinePair pair(TinyFirmware firmware) {
        MachinePair pair = new MachinePair(firmware);
        pair.hypervisor.timeSlot = SLOT;
        pair.interpretedHypervisor.timeSlot = SLOT;
        pair.both(machine -> machine.system().write(0xE000_E014, 4, TICK - 1));
        pair.both(machine -> machine.system().write(0xE000_E010, 4, 7));
        return pair;
    }

    private static List<String> lastCalls(TestHypervisor hypervisor) {
        List<String> log = hypervisor.log;
        return List.copyOf(log.subList(Math.max(0, log.size() - KEPT), log.size()));
    }

    private static void compare(MachinePair pair, long until, String what) {
        pair.runAndCompareAll(until, what);
        assertEquals(pair.interpretedHypervisor.timeCalls, pair.hypervisor.timeCalls, what);
        assertEquals(lastCalls(pair.interpretedHypervisor), lastCalls(pair.hypervisor), what);
    }

    private static void endsTheSame(MachinePair pair) {
        for (int i = 0; i < 40; i++) {
            compare(pair, pair.now() + 29_973 + 17 * i, "stretch " + i);
            compare(pair, pair.now() + 5_000 + i, "short stretch " + i);
            pair.run(pair.now() + 1, "one more instruction");
        }
    }

    private static long jumpedOver(MachinePair pair) {
        return pair.compiled.processor().jumpedOver();
    }

    @Test
    void waitingForLessThanATick() {
        MachinePair pair = pair(waiting(150, UXTB_R2_R6));
        endsTheSame(pair);
        assertThat(jumpedOver(pair)).isPositive();
    }

    @Test
    void waitingForManyTicks() {
        MachinePair pair = pair(waiting(1000, UXTB_R2_R6));
        endsTheSame(pair);
        assertThat(jumpedOver(pair)).isGreaterThan(pair.now() / 2);
    }

    /** Nobody looks at the last calls: more rounds need not be executed. */
    @Test
    void withoutLastCallsMoreIsJumpedOver() {
        MachinePair kept = pair(waiting(1000, UXTB_R2_R6));
        endsTheSame(kept);
        MachinePair pair = pair(waiting(1000, UXTB_R2_R6));
        pair.hypervisor.kept = 0;
        for (int i = 0; i < 40; i++) {
            for (int stretch : new int[] {29_973 + 17 * i, 5_000 + i}) {
                pair.runAndCompareAll(pair.now() + stretch, "stretch " + i);
                assertEquals(
                        pair.interpretedHypervisor.timeCalls, pair.hypervisor.timeCalls, "calls");
            }
            pair.run(pair.now() + 1, "one more instruction");
        }
        assertThat(jumpedOver(pair)).isGreaterThan(jumpedOver(kept));
    }

    @Test
    void theTimeInAResultThatStays() {
        MachinePair pair = pair(waiting(1000, ADDS_R2_R0_R6));
        endsTheSame(pair);
        assertThat(jumpedOver(pair)).isGreaterThan(pair.now() / 2);
    }

    @Test
    void whatAddsUpFromRoundToRoundIsExecuted() {
        MachinePair pair = pair(waiting(1000, ADDS_R6_1));
        endsTheSame(pair);
        assertEquals(0, jumpedOver(pair));
    }

    @Test
    void breakpointsHold() {
        MachinePair pair = pair(waiting(400, UXTB_R2_R6));
        pair.run(200_000, "before");
        for (int address : new int[] {LATE, LATE + 2, TinyFirmware.CODE + 0x1C}) {
            pair.both(machine -> machine.setBreakpoints(Set.of(address)));
            for (int i = 0; i < 6; i++) {
                compare(pair, pair.now() + 100_000, "breakpoint");
            }
            pair.both(machine -> machine.setBreakpoints(Set.of()));
            compare(pair, pair.now() + 100_000, "without it");
        }
    }

    @Test
    void whoListensToCallsHearsOfEach() {
        MachinePair pair = pair(waiting(400, UXTB_R2_R6));
        long[] heard = new long[1];
        pair.compiled.addCallListener(
                new SystemCallListener() {
                    @Override
                    public void before(Call call) {
                        heard[0]++;
                    }

                    @Override
                    public void after(Call call, int status) {
                        // Counted before.
                    }
                });
        compare(pair, 500_000, "listening");
        assertEquals(pair.interpretedHypervisor.timeCalls, heard[0]);
        assertEquals(0, jumpedOver(pair));
    }

    @Test
    void whoNeedNotHearOfTheTimeHearsOfTheLastCallsAndHowManyThereWere() {
        MachinePair pair = pair(waiting(400, UXTB_R2_R6));
        long[] heard = new long[1];
        long[] told = new long[1];
        Set<Integer> sites = new HashSet<>();
        pair.compiled.addCallListener(
                new SystemCallListener() {
                    @Override
                    public void before(Call call) {
                        heard[0]++;
                        sites.add(call.callSite());
                    }

                    @Override
                    public void after(Call call, int status) {
                        // Counted before.
                    }

                    @Override
                    public boolean hearsOfTime() {
                        return false;
                    }

                    @Override
                    public void jumpedOver(int slot, int callSite, long count) {
                        assertEquals(SLOT, slot);
                        assertEquals(Set.of(callSite), sites);
                        told[0] += count;
                    }
                });
        compare(pair, 5_000_000, "listening with half an ear");
        assertThat(heard[0]).isBetween(100L, pair.interpretedHypervisor.timeCalls - 1);
        assertThat(told[0]).isPositive();
        assertEquals(pair.interpretedHypervisor.timeCalls, heard[0] + told[0]);
    }

    /** What loops may do with the time; the frame at r7 begins with it. */
    private static final int[] PIECES = {
        0x6838, // ldr r0, [r7]
        0x6838, // ldr r0, [r7]
        0x68BA, // ldr r2, [r7, #8]
        0x68FB, // ldr r3, [r7, #12]
        0x1A83, // subs r3, r0, r2
        0x1A83, // subs r3, r0, r2
        0x1AC3, // subs r3, r0, r3
        0x1812, // adds r2, r2, r0
        0x30C8, // adds r0, #200
        0x3A64, // subs r2, #100
        0x4283, // cmp r3, r0
        0x42B3, // cmp r3, r6
        0x429E, // cmp r6, r3
        0x4282, // cmp r2, r0
        0x2B64, // cmp r3, #100
        0x2BFF, // cmp r3, #255
        0x0018, // movs r0, r3
        0x4610, // mov r0, r2
        0x4628, // mov r0, r5
        0xD200, // bcs over the next
        0xD300, // bcc over the next
        0xD000, // beq over the next
        0xD400, // bmi over the next
        0xDC00, // bgt over the next
        0x60B8, // str r0, [r7, #8]
        0x60F8, // str r0, [r7, #12]
        0x613B, // str r3, [r7, #16]
        0x723B, // strb r3, [r7, #8]
        0x7A3A, // ldrb r2, [r7, #8]
        0x3501, // adds r5, #1
        0x2632, // movs r6, #50
        0x0AC3, // lsrs r3, r0, #11
        0x4152, // adcs r2, r2
        0x4193, // sbcs r3, r2
        0xB2C3, // uxtb r3, r0
        0xB409, // push {r0, r3}
        0xBC0C, // pop {r2, r3}
        0xBF38, // it cc
        0x4313, // orrs r3, r2
        0x4253, // negs r3, r2
    };

    @Test
    void randomRoundsEndTheSame() {
        int seeds = Integer.getInteger("idle.seeds", 25);
        long jumped = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Random random = new Random(seed);
            int length = 3 + random.nextInt(12);
            IntStream begin = IntStream.of(0xB088, 0x466F, 0x4638, 0xF000, 0xF82B);
            IntStream pieces = random.ints(length, 0, PIECES.length).map(i -> PIECES[i]);
            IntStream end = IntStream.of(0xBF00, 0xBF00, 0xE000 | (-length - 7 & 0x7FF));
            // sub sp, #32; mov r7, sp; loop: mov r0, r7; bl veneer; the pieces; b loop
            int[] code = IntStream.concat(begin, IntStream.concat(pieces, end)).toArray();
            TinyFirmware firmware =
                    new TinyFirmware()
                            .code(code)
                            .word(TinyFirmware.CODE + 0x60, 0xF000_F8DF)
                            .word(TinyFirmware.CODE + 0x64, 0x0C1F_E029)
                            .handler(0x3401, 0x4770); // adds r4, #1; bx lr
            MachinePair pair = pair(firmware);
            for (int i = 0; i < 6; i++) {
                compare(pair, pair.now() + random.nextInt(50_000), "seed " + seed);
            }
            jumped += jumpedOver(pair);
        }
        assertThat(jumped).as("some of them wait for the time").isPositive();
    }
}
