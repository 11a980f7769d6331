package dev.microvisor.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the interpreter's loop has in a short form says what the general form says. */
class FlagsTest {
    private static final int[] VALUES = {0, 1, -1, 0x8000_0000, 0x7FFF_FFFF, 0x1234_5678};

    @Test
    void conditionsAreTheSameForTheCpuAsForItsFlags() {
        CpuState cpu = new CpuState();
        for (int condition = 0; condition < 16; condition++) {
            for (int flags = 0; flags < 16; flags++) {
                cpu.n = -(flags & 1);
                cpu.z = flags >> 1 & 1;
                cpu.c = flags >> 2 & 1;
                cpu.v = -(flags >> 3 & 1);
                assertThat(Conditions.pass(condition, cpu))
                        .as("condition %d, flags %d", condition, flags)
                        .isEqualTo(Conditions.pass(condition, cpu.n, cpu.z, cpu.c, cpu.v));
            }
        }
    }

    @Test
    void shiftsByARegisterAreThoseOfTheShifter() {
        for (int x : VALUES) {
            for (int amount = 0; amount < 256; amount++) {
                for (int c = 0; c < 2; c++) {
                    int[] ours = {
                        Shift.left(x, amount), Shift.carryOfLeft(x, amount, c),
                        Shift.right(x, amount), Shift.carryOfRight(x, amount, c),
                        Shift.rightSigned(x, amount), Shift.carryOfRightSigned(x, amount, c)
                    };
                    assertThat(ours)
                            .as("0x%08x by %d, carry %d", x, amount, c)
                            .containsExactly(
                                    Shift.value(Shift.LSL, x, amount, c),
                                    Shift.carry(Shift.LSL, x, amount, c),
                                    Shift.value(Shift.LSR, x, amount, c),
                                    Shift.carry(Shift.LSR, x, amount, c),
                                    Shift.value(Shift.ASR, x, amount, c),
                                    Shift.carry(Shift.ASR, x, amount, c));
                }
            }
        }
    }
}
