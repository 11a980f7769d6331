package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What may happen in the middle of compiled code happens at the same instruction as interpreted.
 */
class CompiledCodeTest {
    /** By then every loop here is compiled. */
    private static final long WARM = 20_000;

    private static final int RAM = 0x2000_0000;

    /**
     * A loop with a load, two stores, an IT block, a call and all kinds of flags: about 13
     * instructions a round, counting at {@code RAM + 0x100}.
     */
    private static TinyFirmware counting() {
        return new TinyFirmware()
                .code(
                        0x4B08, // ldr r3, =0x20000100
                        0x2000, // movs r0, #0
                        0x6819, // 1: ldr r1, [r3]
                        0x3101, // adds r1, #1
                        0x6019, // str r1, [r3]
                        0xF011, 0x0207, // ands.w r2, r1, #7
                        0x2A03, // cmp r2, #3
                        0xBF8C, // ite hi
                        0x186D, // addhi r5, r5, r1
                        0x3D01, // subls r5, #1
                        0xF000, 0xF802, // bl 2f
                        0x549D, // strb r5, [r3, r2]
                        0xE7F2, // b 1b
                        0x00CE, // 2: lsls r6, r1, #3
                        0x4177, // adcs r7, r6
                        0x4770) // bx lr
                .handler(0x3401, 0x4770) // adds r4, #1; bx lr
                .word(TinyFirmware.CODE + 0x24, RAM + 0x100);
    }

    private static MachinePair warm(TinyFirmware firmware) {
        MachinePair pair = new MachinePair(firmware);
        pair.runAndCompareAll(WARM, "warming up");
        assertThat(pair.compiledRegions()).as("compiled regions").isPositive();
        return pair;
    }

    @Test
    void aRunStopsAtEveryInstructionNumber() {
        MachinePair pair = warm(counting());
        for (int i = 0; i < 100; i++) {
            pair.run(pair.now() + 1, "one instruction");
        }
        for (int stretch = 1; stretch < 200; stretch++) {
            pair.run(pair.now() + stretch, "stretch of " + stretch);
        }
        pair.runAndCompareAll(pair.now() + 1, "at the end");
    }

    @Test
    void anInterruptComesAtEveryInstructionNumberOfALoop() {
        MachinePair pair = warm(counting());
        pair.both(machine -> machine.system().write(0xE000_E100, 4, 8));
        for (int i = 0; i < 60; i++) {
            long at = pair.now() + 500 + i;
            pair.interruptAt(at, 3);
            pair.run(at, "before the interrupt");
            pair.run(at + 1, "first instruction of the handler");
            assertEquals(19, pair.compiled.activeException());
            pair.run(at + 40, "behind the interrupt");
        }
        pair.runAndCompareAll(pair.now() + 1, "at the end");
    }

    @Test
    void aFaultInTheMiddleOfARegionHasItsExactPlaceAndStatus() {
        MachinePair pair =
                new MachinePair(
                        new TinyFirmware()
                                .code(
                                        0x4B02, // ldr r3, =0x20070000
                                        0x6819, // 1: ldr r1, [r3]
                                        0x1C4D, // adds r5, r1, #1
                                        0x3304, // adds r3, #4
                                        0x2D00, // cmp r5, #0
                                        0xE7FA) // b 1b
                                .word(TinyFirmware.CODE + 0xC, RAM + 0x7_0000));
        String end = pair.runAndCompareAll(10_000_000, "until the fault");
        assertThat(end).contains("0x20080000");
        assertThat(pair.compiledRegions()).isPositive();
        assertEquals(TinyFirmware.CODE + 2, pair.compiled.registers().get(Registers.PC));
        assertEquals(1 + 5 * 0x1_0000 / 4, pair.now());
    }

    /** Stores around and around 256 bytes. */
    private static TinyFirmware storing() {
        return new TinyFirmware()
                .code(
                        0x4B03, // ldr r3, =0x20000100
                        0x2200, // movs r2, #0
                        0x509A, // 1: str r2, [r3, r2]
                        0x3204, // adds r2, #4
                        0xF012, 0x02FF, // ands.w r2, r2, #255
                        0x3401, // adds r4, #1
                        0xE7F9) // b 1b
                .word(TinyFirmware.CODE + 0x10, RAM + 0x100);
    }

    @Test
    void aWatchpointSetWhileCompiledStopsBehindTheStore() {
        MachinePair pair = warm(storing());
        pair.both(
                machine ->
                        machine.setWatchpoints(
                                Set.of(new Debuggee.Watch(1, RAM + 0x180, 4, false, true))));
        for (int i = 0; i < 5; i++) {
            assertThat(pair.run(pair.now() + 10_000, "watchpoint")).contains("0x20000180");
        }
        pair.both(machine -> machine.setWatchpoints(Set.of()));
        pair.runAndCompareAll(pair.now() + 10_000, "without it");
    }

    @Test
    void aBufferProtectedWhileCompiledFaultsAtTheStore() {
        MachinePair pair = warm(storing());
        pair.both(machine -> machine.protect(RAM + 0x1C0, 16, "send buffer"));
        assertThat(pair.runAndCompareAll(pair.now() + 10_000, "protected")).contains("send buffer");
        pair.both(machine -> machine.unprotect(RAM + 0x1C0, 16));
        pair.runAndCompareAll(pair.now() + 10_000, "unprotected");
    }

    @Test
    void aBreakpointSetWhileCompiledStopsBeforeItsInstruction() {
        MachinePair pair = warm(counting());
        for (int offset : new int[] {4, 0xA, 0x10, 0x12, 0x14, 0x1E, 0x22}) {
            pair.both(machine -> machine.setBreakpoints(Set.of(TinyFirmware.CODE + offset)));
            for (int i = 0; i < 3; i++) {
                pair.run(pair.now() + 1000, "breakpoint at +" + offset);
                assertEquals(
                        TinyFirmware.CODE + offset, pair.compiled.registers().get(Registers.PC));
            }
            pair.both(machine -> machine.setBreakpoints(Set.of()));
            pair.runAndCompareAll(pair.now() + WARM, "without it");
        }
    }

    @Test
    void aSnapshotTakenAndRestoredInTheMiddleLeadsToTheSameState() {
        MachinePair pair = warm(counting());
        for (int i = 0; i < 20; i++) {
            MachineSnapshot snapshot = pair.compiled.saveSnapshot();
            long from = pair.now();
            pair.compiled.run(from + 1000 + i);
            pair.compiled.restoreSnapshot(snapshot);
            pair.runAndCompareAll(from + 3000, "after snapshot " + i);
        }
    }

    @Test
    void codeThatChangesItselfIsExecutedAsItIs() {
        TinyFirmware firmware =
                new TinyFirmware()
                        .code(
                                0x4B04, // ldr r3, =0x20000801
                                0x4F05, // ldr r7, =0x20000800
                                0x2664, // 1: movs r6, #100
                                0x4798, // 2: blx r3
                                0x3E01, // subs r6, #1
                                0xD1FC, // bne 2b
                                0x7839, // ldrb r1, [r7]
                                0x3101, // adds r1, #1
                                0x7039, // strb r1, [r7]: the number that is added below
                                0xE7F7) // b 1b
                        .word(TinyFirmware.CODE + 0x14, RAM + 0x801)
                        .word(TinyFirmware.CODE + 0x18, RAM + 0x800);
        MachinePair pair = new MachinePair(firmware);
        // adds r4, #1; eors r5, r4; bx lr
        pair.both(
                machine -> machine.poke(RAM + 0x800, new byte[] {1, 0x34, 0x65, 0x40, 0x70, 0x47}));
        for (int i = 1; i <= 100; i++) {
            pair.runAndCompareAll(i * 1777L, "stretch " + i);
        }
        assertThat(pair.compiledRegions()).isPositive();
    }

    @Test
    void anMpuRegionMadeByTheProgramItselfHolds() {
        MachinePair pair =
                new MachinePair(
                        new TinyFirmware()
                                .code(
                                        0x4B0D, // ldr r3, =MPU_TYPE
                                        0x4A0E, // ldr r2, =0x20000100
                                        0x2000, // movs r0, #0
                                        0x6010, // 1: str r0, [r2]
                                        0x3001, // adds r0, #1
                                        0x28C8, // cmp r0, #200
                                        0xD1FB, // bne 1b
                                        0x2100, // movs r1, #0
                                        0x6099, // str r1, [r3, #8]: MPU_RNR
                                        0x490B, // ldr r1, =read-only from 0x20000100
                                        0x60D9, // str r1, [r3, #12]: MPU_RBAR
                                        0x490B, // ldr r1, =to 0x2000011f, enabled
                                        0x6119, // str r1, [r3, #16]: MPU_RLAR
                                        0x2105, // movs r1, #5
                                        0x6059, // str r1, [r3, #4]: MPU_CTRL
                                        0xF3BF, 0x8F4F, // dsb
                                        0xF3BF, 0x8F6F, // isb
                                        0x2000, // movs r0, #0
                                        0x6815, // 3: ldr r5, [r2]
                                        0x1964, // adds r4, r4, r5
                                        0x3001, // adds r0, #1
                                        0x28C8, // cmp r0, #200
                                        0xD1FA, // bne 3b
                                        0x6010, // str r0, [r2]: not allowed any more
                                        0xE7F8) // b 3b
                                .word(TinyFirmware.CODE + 0x38, 0xE000_ED90)
                                .word(TinyFirmware.CODE + 0x3C, RAM + 0x100)
                                .word(TinyFirmware.CODE + 0x40, RAM + 0x106)
                                .word(TinyFirmware.CODE + 0x44, RAM + 0x101));
        String end = pair.runAndCompareAll(100_000, "until the fault");
        assertThat(end).contains("MPU forbids this write");
        assertEquals(TinyFirmware.CODE + 0x32, pair.compiled.registers().get(Registers.PC));
        assertThat(pair.compiledRegions()).isPositive();
    }
}
