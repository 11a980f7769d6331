package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Code runs compiled with the MPU on, and nobody executes or accesses what the MPU forbids. */
class CompiledMpuTest {
    private static final int PRIVILEGED_FUNCTION = TinyFirmware.CODE + 0x180;

    /**
     * Two regions are for all: flash below the handlers, read-only, and the RAM. What else there is
     * belongs to privileged code: it calls a function there 200 times, starts SysTick, gives its
     * privilege up, counts to 30,000 and calls that function again.
     */
    private static TinyFirmware firmware() {
        return new TinyFirmware()
                .code(
                        0x4B1A, // ldr r3, literal
                        0x2000, // movs r0, #0
                        0x6098, // str r0, [r3, #8]
                        0x491A, // ldr r1, literal
                        0x60D9, // str r1, [r3, #12]
                        0x491A, // ldr r1, literal
                        0x6119, // str r1, [r3, #16]
                        0x2001, // movs r0, #1
                        0x6098, // str r0, [r3, #8]
                        0x4919, // ldr r1, literal
                        0x60D9, // str r1, [r3, #12]
                        0x4919, // ldr r1, literal
                        0x6119, // str r1, [r3, #16]
                        0x2005, // movs r0, #5
                        0x6058, // str r0, [r3, #4]
                        0xF3BF, 0x8F4F, // dsb sy
                        0xF3BF, 0x8F6F, // isb sy
                        0x26C8, // movs r6, #200
                        0xF000, 0xF8AA, // bl start + 0x180
                        0x3E01, // subs r6, #1
                        0xD1FB, // bne.n start + 0x28
                        0x4B13, // ldr r3, literal
                        0xF240, 0x31E7, // movw r1, #999
                        0x6059, // str r1, [r3, #4]
                        0x6098, // str r0, [r3, #8]
                        0x2107, // movs r1, #7
                        0x6019, // str r1, [r3, #0]
                        0x2001, // movs r0, #1
                        0xF380, 0x8814, // msr CONTROL, r0
                        0xF3BF, 0x8F6F, // isb sy
                        0x4A0E, // ldr r2, literal
                        0xF247, 0x5630, // movw r6, #30000
                        0x6811, // ldr r1, [r2, #0]
                        0x3101, // adds r1, #1
                        0x6011, // str r1, [r2, #0]
                        0xB502, // push {r1, lr}
                        0xF000, 0xF807, // bl start + 0x68
                        0xE8BD, 0x4002, // ldmia.w sp!, {r1, lr}
                        0x42B1, // cmp r1, r6
                        0xD1F5, // bne.n start + 0x4e
                        0xF000, 0xF88D, // bl start + 0x180
                        0xE7FE, // b.n start + 0x66
                        0x404D, // eors r5, r1
                        0x4770) // bx lr
                .handler(0x3401, 0x4770) // adds r4, #1; bx lr
                .word(TinyFirmware.CODE + 0x6C, 0xE000_ED90)
                .word(TinyFirmware.CODE + 0x70, 0x0800_0006)
                .word(TinyFirmware.CODE + 0x74, 0x0800_02E1)
                .word(TinyFirmware.CODE + 0x78, 0x2000_0002)
                .word(TinyFirmware.CODE + 0x7C, 0x2000_0FE1)
                .word(TinyFirmware.CODE + 0x80, 0xE000_E010)
                .word(TinyFirmware.CODE + 0x84, 0x2000_0100)
                .word(PRIVILEGED_FUNCTION, 0x4770_3701); // adds r7, #1; bx lr
    }

    @Test
    void unprivilegedCodeMayNotExecuteWhatWasCompiledForPrivilegedCode() {
        MachinePair pair = new MachinePair(firmware());
        String end = "";
        for (int i = 1; !end.contains("forbids") && i < 1000; i++) {
            end = pair.runAndCompareAll(i * 997L, "stretch " + i);
        }
        assertThat(end).contains("MPU forbids execution");
        assertEquals(PRIVILEGED_FUNCTION, pair.compiled.registers().get(Registers.PC));
        assertEquals(200, pair.compiled.registers().get(7), "calls by privileged code");
        assertThat(pair.compiled.registers().get(4)).as("ticks").isGreaterThan(200);
        assertThat(pair.compiledRegions()).as("compiled regions").isPositive();
    }

    @Test
    void aRegionThatShrinksUnderALoopEndsIt() {
        MachinePair pair = new MachinePair(firmware());
        pair.runAndCompareAll(50_000, "the loop is compiled");
        assertThat(pair.compiledRegions()).as("compiled regions").isPositive();
        pair.both(machine -> CoreDetailsTest.write(machine, 0xE000_ED98, 0));
        // Flash up to the middle of the loop.
        pair.both(machine -> CoreDetailsTest.write(machine, 0xE000_EDA0, TinyFirmware.CODE + 0x41));
        String end = pair.runAndCompareAll(100_000, "until the fault");
        assertThat(end).contains("MPU forbids execution");
        assertThat(pair.compiled.registers().get(Registers.PC))
                .isBetween(TinyFirmware.CODE + 0x60, TinyFirmware.CODE + 0x6A);
    }
}
