package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * Exclusive and ordered accesses, and branches by writing the PC: compiled as interpreted, whatever
 * happens in their middle.
 */
class CompiledExclusivesTest {
    private static final long WARM = 60_000;

    /** More than the instructions of the longest round. */
    private static final int ROUND = 50;

    private static final int RAM = 0x2000_0110;
    private static final int FIRST = TinyFirmware.CODE + 4;
    private static final int LAST = TinyFirmware.CODE + 0x62;

    private static TinyFirmware atomics(int address) {
        return new TinyFirmware()
                .code(
                        0x4C13, // ldr r4, =address
                        0x2600, // movs r6, #0
                        0x3601, // 1: adds r6, #1
                        0xE854,
                        0x0F01, // 2: ldrex r0, [r4, #4]
                        0x1980, // adds r0, r0, r6
                        0xE844,
                        0x0101, // strex r1, r0, [r4, #4]
                        0x2900, // cmp r1, #0
                        0xD1F8, // bne 2b
                        0xE8D4,
                        0x0F4F, // 3: ldrexb r0, [r4]
                        0x3003, // adds r0, #3
                        0xE8C4,
                        0x0F41, // strexb r1, r0, [r4]
                        0x2900, // cmp r1, #0
                        0xD1F8, // bne 3b
                        0xF006,
                        0x0201, // and.w r2, r6, #1
                        0x18A2, // adds r2, r4, r2
                        0xE8D4,
                        0x0F5F, // ldrexh r0, [r4]
                        0xF016,
                        0x0F04, // tst.w r6, #4
                        0xBF08, // it eq
                        0xF3BF,
                        0x8F2F, // clrexeq
                        0xE8C4,
                        0x6F51, // strexh r1, r6, [r4]
                        0xE8D4,
                        0x3FAF, // lda r3, [r4]
                        0xE8C4,
                        0x3FAF, // stl r3, [r4]
                        0xE8D4,
                        0x3F8F, // ldab r3, [r4]
                        0xE8C4,
                        0x3F9F, // stlh r3, [r4]
                        0xF000,
                        0xF803, // bl away
                        0xE7D9, // b 1b
                        address & 0xFFFF,
                        address >>> 16,
                        0xF016,
                        0x0501, // away: ands.w r5, r6, #1
                        0x006D, // lsls r5, r5, #1
                        0x44AF, // add pc, r5
                        0xBF00, // nop
                        0xBF00, // nop
                        0x3701, // adds r7, #1
                        0x46F7) // mov pc, lr
                .handler(0x3401, 0x3C01, 0x4770); // adds, subs r4, #1; bx lr
    }

    private static MachinePair warm() {
        MachinePair pair = new MachinePair(atomics(RAM));
        pair.runAndCompareAll(WARM, "warming up");
        assertThat(pair.compiledRegions()).as("compiled regions").isPositive();
        return pair;
    }

    @Test
    void aRunStopsAtEveryInstructionNumber() {
        MachinePair pair = warm();
        pair.stopAtEveryInstruction(ROUND);
    }

    @Test
    void anInterruptBetweenLoadAndStoreMakesTheStoreFail() {
        MachinePair pair = warm();
        pair.interruptAtEveryInstruction(ROUND);
    }

    @Test
    void aBreakpointHoldsAtEveryInstruction() {
        MachinePair pair = warm();
        pair.breakAtEveryInstruction(FIRST, LAST, 3);
    }

    @Test
    void anAddressThatIsNotAlignedFaultsWhereItIsUsed() {
        MachinePair pair = new MachinePair(atomics(RAM + 2));
        String end = pair.runAndCompareAll(WARM, "unaligned word");
        assertThat(end).contains("unaligned");
        assertEquals(TinyFirmware.CODE + 6, pair.compiled.registers().get(Registers.PC));
        // Compiled before it is no longer aligned.
        MachinePair later = warm();
        while (later.compiled.registers().get(Registers.PC) != TinyFirmware.CODE + 4) {
            later.run(later.now() + 1, "to the begin of the loop");
        }
        later.both(machine -> machine.registers().set(4, RAM + 2));
        assertThat(later.runAndCompareAll(later.now() + 1000, "no longer aligned"))
                .contains("unaligned");
    }
}
