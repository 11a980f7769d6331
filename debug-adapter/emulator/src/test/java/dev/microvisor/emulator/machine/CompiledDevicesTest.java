package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Peripheral;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Compiled code reads devices without being left, each once and at the exact instruction number; a
 * read that raises an interrupt is the last instruction before the handler.
 */
class CompiledDevicesTest {
    private static final int PROBE = 0x40F0_0000;
    private static final int LOOP = TinyFirmware.CODE + 6;

    /** More than the instructions of a round. */
    private static final int ROUND = 16;

    /**
     * A device whose answers show when and how often it is read: at offset 0 the instruction
     * number, at 4 how often that was read, at 8 the number of reads there; every 50th of these
     * raises interrupt 3.
     */
    private static final class Probe implements Peripheral {
        private Guest guest;
        private int reads;
        private int counts;

        @Override
        public void attach(Guest newGuest) {
            guest = newGuest;
        }

        @Override
        public int read(int offset, int widthBytes) {
            switch (offset) {
                case 0:
                    return (int) guest.now();
                case 4:
                    return ++reads;
                default:
                    if (++counts % 50 == 0) {
                        guest.pendInterrupt(3);
                    }
                    return counts;
            }
        }

        @Override
        public void write(int offset, int widthBytes, int value) {
            reads = value;
        }

        @Override
        public int peek(int offset, int widthBytes) {
            return 0;
        }

        @Override
        public String name() {
            return "PROBE";
        }

        @Override
        public int baseAddress() {
            return PROBE;
        }

        @Override
        public int sizeBytes() {
            return 1024;
        }

        @Override
        public void reset() {
            reads = 0;
        }

        @Override
        public long nextEvent() {
            return NEVER;
        }

        @Override
        public void runEvents(long now) {
            throw new IllegalStateException("nothing is ever due");
        }

        @Override
        public Object save() {
            return List.of(reads, counts);
        }

        @Override
        public void restore(Object state) {
            throw new IllegalStateException("not restored here");
        }
    }

    private static MachinePair polling() {
        TinyFirmware firmware =
                new TinyFirmware()
                        .code(
                                0x4C07, // ldr r4, =PROBE
                                0x2700, // movs r7, #0
                                0x2600, // movs r6, #0
                                0x6820, // 1: ldr r0, [r4]
                                0x183F, // adds r7, r7, r0
                                0x7921, // ldrb r1, [r4, #4]
                                0x187F, // adds r7, r7, r1
                                0x8822, // ldrh r2, [r4]
                                0x428A, // cmp r2, r1
                                0xBF88, // it hi
                                0x68A3, // ldrhi r3, [r4, #8]
                                0x18F6, // adds r6, r6, r3
                                0xF000, 0xF804, // bl 2f
                                0xE7F3, // b 1b
                                0xBF00) // nop
                        .word(TinyFirmware.CODE + 0x20, PROBE)
                        .word(TinyFirmware.CODE + 0x24, 0x4046_68A0) // 2: ldr r0, [r4, #8]; eors
                        .word(TinyFirmware.CODE + 0x28, 0x4770) // bx lr
                        .handler(
                                0x6820, // ldr r0, [r4]
                                0x183F, // adds r7, r7, r0
                                0x4770); // bx lr
        MachinePair pair =
                new MachinePair(firmware, MachineOptions.defaults(), () -> List.of(new Probe()));
        pair.runAndCompareAll(3_000, "without interrupts");
        pair.both(machine -> machine.system().write(0xE000_E100, 4, 8));
        pair.runAndCompareAll(10_000, "warm");
        return pair;
    }

    @Test
    void everyStopIsAtItsInstruction() {
        MachinePair pair = polling();
        pair.stopAtEveryInstruction(ROUND);
        assertThat(pair.compiledRegions()).isPositive();
    }

    @Test
    void interruptsOfReadsAndOthersComeAtTheirInstructions() {
        MachinePair pair = polling();
        pair.interruptAtEveryInstruction(ROUND);
        pair.runAndCompareAll(pair.now() + 500_000, "on its own");
    }

    @Test
    void breakpointsAreHitBetweenReads() {
        polling().breakAtEveryInstruction(LOOP, LOOP + 0x10, 3);
    }

    @Test
    void theTimeOfARegionIsThatOfSysTick() {
        MachinePair pair =
                new MachinePair(
                        new TinyFirmware()
                                .code(
                                        0x4C07, // ldr r4, =SysTick
                                        0x20FF, // movs r0, #255
                                        0x6060, // str r0, [r4, #4]  RVR
                                        0x2007, // movs r0, #7
                                        0x6020, // str r0, [r4]  CSR: with interrupt
                                        0x68A0, // 1: ldr r0, [r4, #8]  CVR
                                        0x183F, // adds r7, r7, r0
                                        0x6820, // ldr r0, [r4]  CSR; clears COUNTFLAG
                                        0x4046, // eors r6, r0
                                        0xE7FA) // b 1b
                                .word(TinyFirmware.CODE + 0x20, 0xE000_E010)
                                .handler(
                                        0x3501, // adds r5, #1
                                        0x4770)); // bx lr
        pair.runAndCompareAll(50_000, "warm");
        pair.stopAtEveryInstruction(ROUND);
        pair.runAndCompareAll(500_000, "on its own");
        assertThat(pair.compiled.registers().get(5)).isGreaterThan(1_900);
        assertThat(pair.compiledRegions()).isPositive();
    }
}
