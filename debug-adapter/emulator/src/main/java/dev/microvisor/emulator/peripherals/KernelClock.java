package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Guest;

/**
 * The clock that RCC gives to a peripheral beside that of its bus, as a field of two bits in one of
 * the CCIPR registers selects it.
 *
 * @param offset of that register in RCC
 * @param shift where the field begins
 * @param defaultHz with the field at 0; 0 for the core's clock
 */
record KernelClock(int offset, int shift, int defaultHz) {
    static final int CCIPR1 = 0xE0;
    static final int CCIPR3 = 0xE8;
    static final int MSIK_HZ = 4_000_000;
    private static final int LSI_HZ = 32_000;
    private static final int HSI_HZ = 16_000_000;
    private static final int LSE_HZ = 32_768;

    int hz(Guest guest) {
        int selection = guest.clockRegister(AddressMap.base("RCC") + offset) >>> shift & 3;
        return switch (selection) {
            case 1 -> LSI_HZ;
            case 2 -> HSI_HZ;
            case 3 -> LSE_HZ;
            default -> defaultHz == 0 ? guest.clockHz() : defaultHz;
        };
    }
}
