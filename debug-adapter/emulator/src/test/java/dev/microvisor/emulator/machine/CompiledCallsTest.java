package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.StopReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls inside each other, system calls, masks and frames on the stack: what may happen in their
 * middle happens at the same instruction as interpreted.
 */
class CompiledCallsTest {
    /** By then everything here is compiled. */
    private static final long WARM = 60_000;

    /** More than the instructions of the longest round. */
    private static final int ROUND = 70;

    private static final int FIRST = TinyFirmware.CODE + 4;
    private static final int LAST = TinyFirmware.CODE + 0x6E;

    private final MachinePair pair =
            new MachinePair(
                    new TinyFirmware()
                            .code(
                                    0x4C0F, // ldr r4, =0x20000100
                                    0x2000, // movs r0, #0
                                    0x3001, // loop: adds r0, #1
                                    0x4606, // mov r6, r0
                                    0xF006, 0x0003, // and.w r0, r6, #3
                                    0xF000, 0xF81C, // bl recurse
                                    0x4630, // mov r0, r6
                                    0xF000, 0xF821, // bl veneer
                                    0xF3EF, 0x8111, // mrs r1, basepri
                                    0x2220, // movs r2, #0x20
                                    0xF382, 0x8811, // msr basepri, r2
                                    0xB672, // cpsid i
                                    0x6823, // ldr r3, [r4]
                                    0x3301, // adds r3, #1
                                    0x6023, // str r3, [r4]
                                    0xB662, // cpsie i
                                    0xF381, 0x8811, // msr basepri, r1
                                    0xF3EF, 0x8508, // mrs r5, msp
                                    0xF3EF, 0x8505, // mrs r5, ipsr
                                    0x4903, // ldr r1, =framed
                                    0x4788, // blx r1
                                    0x4630, // mov r0, r6
                                    0xE7E2, // b loop
                                    0xBF00, // nop
                                    0x0100, 0x2000, // 0x20000100
                                    0x0261, 0x0800, // framed
                                    0xB510, // recurse: push {r4, lr}
                                    0x2800, // cmp r0, #0
                                    0xD003, // beq 1f
                                    0x3801, // subs r0, #1
                                    0xF7FF, 0xFFFA, // bl recurse
                                    0x3002, // adds r0, #2
                                    0xBD10, // 1: pop {r4, pc}
                                    0xF8DF, 0xF000, // veneer: ldr.w pc, [pc]
                                    0xE029, 0x0C1F, // slot 5
                                    0xB580, // framed: push {r7, lr}
                                    0xB082, // sub sp, #8
                                    0xAF00, // add r7, sp, #0
                                    0x6078, // str r0, [r7, #4]
                                    0x687A, // ldr r2, [r7, #4]
                                    0x3708, // adds r7, #8
                                    0x46BD, // mov sp, r7
                                    0xBD80) // pop {r7, pc}
                            .handler(0x3401, 0x3C01, 0x4770)); // adds, subs r4, #1; bx lr

    @BeforeEach
    void warmUp() {
        pair.onCall(machine -> (slot, r0, r1, r2, r3) -> r0 + slot);
        pair.runAndCompareAll(WARM, "warming up");
        assertThat(pair.compiledRegions()).as("compiled regions").isGreaterThan(2);
        assertThat(pair.hypervisor.log).isNotEmpty();
        pair.compareCalls();
    }

    @Test
    void aRunStopsAtEveryInstructionNumber() {
        pair.stopAtEveryInstruction(ROUND);
        pair.compareCalls();
    }

    @Test
    void anInterruptComesAtEveryInstructionNumberOrWhenItIsAllowed() {
        pair.interruptAtEveryInstruction(ROUND);
        pair.compareCalls();
    }

    @Test
    void aBreakpointHoldsAtEveryInstruction() {
        pair.breakAtEveryInstruction(FIRST, LAST, 4);
        pair.compareCalls();
    }

    @Test
    void aSystemCallMayPendAnInterruptOrStopOrWait() {
        pair.both(machine -> machine.system().write(0xE000_E100, 4, 8));
        pair.onCall(
                machine ->
                        (slot, r0, r1, r2, r3) -> {
                            switch (r0 % 11) {
                                case 0 -> machine.pendInterrupt(3);
                                case 4 -> machine.requestStop(new StopReason.Paused());
                                case 7 -> {
                                    machine.waitForInterrupt();
                                    machine.pendInterrupt(3);
                                }
                                default -> {
                                    // Only an answer.
                                }
                            }
                            return r0;
                        });
        for (int i = 0; i < 200; i++) {
            pair.run(pair.now() + 400, "run " + i);
        }
        pair.runAndCompareAll(pair.now() + 1, "at the end");
        pair.compareCalls();
    }

    @Test
    void theStackLimitHoldsInCalledRegions() {
        pair.both(machine -> machine.registers().setNamed("MSPLIM", TinyFirmware.STACK - 16));
        String end = pair.runAndCompareAll(pair.now() + 10_000, "until the stack is too small");
        assertThat(end).contains("limit");
    }

    @Test
    void codeChangedInTheMiddleOfCallsIsExecutedAsItIs() {
        // The hypervisor pokes "adds r0, #2" into the function that calls itself.
        pair.onCall(
                machine ->
                        (slot, r0, r1, r2, r3) -> {
                            if (r0 % 50 == 0) {
                                byte count = (byte) (r0 / 50);
                                machine.poke(TinyFirmware.CODE + 0x54, new byte[] {count, 0x30});
                                machine.poke(TinyFirmware.CODE + 0x10, new byte[] {0x30, 0x46});
                            }
                            return r0;
                        });
        for (int i = 0; i < 50; i++) {
            pair.run(pair.now() + 997, "run " + i);
        }
        pair.runAndCompareAll(pair.now() + 1, "at the end");
        pair.compareCalls();
    }
}
