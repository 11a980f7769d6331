package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Guest;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * How long the characters of a serial port take, by its registers and the clock that RCC gives it.
 *
 * @param ccipr offset of the register in RCC that selects the clock
 * @param shift where the selection begins there
 * @param lowPower true for LPUART1, whose divider counts in 256ths
 */
record SerialClock(int ccipr, int shift, boolean lowPower) {
    private static final int CR1 = 0x00;
    private static final int CR2 = 0x04;
    private static final int BRR = 0x0C;
    private static final int PRESC = 0x2C;
    private static final int M0 = 1 << 12;
    private static final int M1 = 1 << 28;
    private static final int OVER8 = 1 << 15;

    private static final int HSI_HZ = 16_000_000;
    private static final int LSE_HZ = 32_768;
    private static final int MSIK_HZ = 4_000_000;

    /** By the selection; 0 for that of bus and core. */
    private static final List<Integer> CLOCKS_HZ = List.of(0, 0, HSI_HZ, LSE_HZ);

    private static final int SELECTS_MSIK = 4;
    private static final List<Integer> PRESCALERS =
            List.of(1, 2, 4, 6, 8, 10, 12, 16, 32, 64, 128, 256);

    /** Stop bits by CR2, in halves. */
    private static final List<Integer> HALF_STOP_BITS = List.of(2, 1, 4, 3);

    /** Instructions that a character takes, from its start bit to its last stop bit. */
    long character(IntUnaryOperator registers, Guest guest) {
        int cr1 = registers.applyAsInt(CR1);
        int data = (cr1 & M1) != 0 ? 7 : (cr1 & M0) != 0 ? 9 : 8;
        int halfStops = HALF_STOP_BITS.get(registers.applyAsInt(CR2) >>> 12 & 3);
        return halfBits(2 * (1 + data) + halfStops, registers, guest);
    }

    /** Instructions that some bits take. */
    long bits(long count, IntUnaryOperator registers, Guest guest) {
        return halfBits(2 * count, registers, guest);
    }

    private long halfBits(long count, IntUnaryOperator registers, Guest guest) {
        long divider = registers.applyAsInt(BRR);
        long unit = 2;
        if (lowPower) {
            unit *= 256;
        } else if ((registers.applyAsInt(CR1) & OVER8) != 0) {
            divider = (divider & ~0xF) | (divider & 7) << 1;
            unit *= 2;
        }
        int prescaler =
                PRESCALERS.get(Math.min(registers.applyAsInt(PRESC) & 0xF, PRESCALERS.size() - 1));
        double clocks = (double) count * divider * prescaler / unit;
        int hz = hz(guest);
        return Math.max(1, Math.round(hz == 0 ? clocks : clocks * guest.clockHz() / hz));
    }

    /** Of the selected clock; 0 for the core's. */
    private int hz(Guest guest) {
        int selection = guest.clockRegister(AddressMap.base("RCC") + ccipr) >>> shift;
        return lowPower && (selection & 7) == SELECTS_MSIK ? MSIK_HZ : CLOCKS_HZ.get(selection & 3);
    }
}
