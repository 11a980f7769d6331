package dev.microvisor.emulator.peripherals;

/**
 * The flash interface. The application may read its settings; programming the internal flash is
 * Microvisor's business.
 */
final class FlashInterface extends RegisterPeripheral {
    FlashInterface(int baseAddress) {
        super("FLASH", baseAddress);
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(0x00, "ACR")
                .field(0, 4, "LATENCY")
                .reserved(4, 4)
                .field(8, 1, "PRFTEN")
                .reserved(9, 2)
                .field(11, 4, "LPM, PDREQ1, PDREQ2, SLEEP_PD")
                .reserved(15, 17)
                .register(0x08, "NSKEYR")
                .unimplemented(0, 32, "NSKEY")
                .register(0x20, "NSSR")
                .clearByOne(0, 16, "flags")
                .readOnly(16, 6, "BSY, WDW, OEM locks")
                .reserved(22, 10)
                .register(0x28, "NSCR")
                .unimplemented(0, 31, "programming and erasing")
                .field(31, 1, "LOCK")
                .resetTo(0xC000_0000)
                .register(0x40, "OPTR")
                .readOnly(0, 32, "option bytes")
                .resetTo(0x9FEF_F8AA);
    }
}
