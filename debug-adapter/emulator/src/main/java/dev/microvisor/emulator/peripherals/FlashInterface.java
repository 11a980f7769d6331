package dev.microvisor.emulator.peripherals;

/**
 * The flash interface. The application may read its settings; programming the internal flash is
 * Microvisor's business.
 */
final class FlashInterface extends RegisterPeripheral {
    private static final int NSCR = 0x28;
    private static final int LOCK = 1 << 31;
    private static final int OPTLOCK = 1 << 30;
    private static final int SECOND_KEY = 0xCDEF_89AB;
    private static final int SECOND_OPTION_KEY = 0x4C5D_6E7F;

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
                .writeOnly(0, 32, "NSKEY")
                .onWrite((before, written) -> key(written, SECOND_KEY, LOCK))
                .register(0x10, "OPTKEYR")
                .writeOnly(0, 32, "OPTKEY")
                .onWrite((before, written) -> key(written, SECOND_OPTION_KEY, OPTLOCK))
                .register(0x20, "NSSR")
                .clearByOne(0, 16, "flags")
                .readOnly(16, 6, "BSY, WDW, OEM locks")
                .reserved(22, 10)
                .register(NSCR, "NSCR")
                .unimplemented(0, 30, "programming and erasing")
                .field(30, 2, "OPTLOCK, LOCK")
                .resetTo(LOCK | OPTLOCK)
                .onWrite((before, written) -> lock(before))
                .register(0x40, "OPTR")
                .readOnly(0, 32, "option bytes")
                .resetTo(0x9FEF_F8AA);
    }

    /** The second of the two keys opens a lock; the first is not asked for. */
    private void key(int written, int second, int lock) {
        if (written == second) {
            bank().clearBits(NSCR, lock);
        }
    }

    /** Locks can be closed by writing them, not opened. */
    private void lock(int before) {
        bank().setBits(NSCR, before & (LOCK | OPTLOCK));
    }
}
