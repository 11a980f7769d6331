package dev.microvisor.emulator.peripherals;

/** SYSCFG. Its settings are kept; compensation cells are ready as soon as they are on. */
final class Syscfg extends RegisterPeripheral {
    private static final int EN1 = 1;
    private static final int EN2 = 1 << 2;
    private static final int RDY1 = 1 << 8;
    private static final int RDY2 = 1 << 9;

    Syscfg(int baseAddress) {
        super("SYSCFG", baseAddress);
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .register(0x1C, "CCCSR")
                        .field(0, 8, "EN1, CS1, EN2, CS2")
                        .readOnly(8, 2, "RDY1, RDY2")
                        .reserved(10, 22)
                        .shows(Syscfg::ready);
        bank.plain(0x00, "SECCFGR", "SEC")
                .plain(0x04, "CFGR1", "fast mode plus, analog switches")
                .plain(0x08, "FPUIMR", "FPU interrupts")
                .resetTo(0x1F)
                .plain(0x0C, "CNSLCKR", "locks")
                .plain(0x10, "CSLCKR", "locks")
                .plain(0x14, "CFGR2", "break inputs")
                .plain(0x18, "MESR", "memory erase")
                .register(0x20, "CCVR")
                .readOnly(0, 32, "compensation values")
                .plain(0x24, "CCCR", "compensation codes")
                .resetTo(0x7878);
        return bank.plain(0x2C, "RSSCMDR", "RSSCMD");
    }

    private static int ready(int stored) {
        int first = (stored & EN1) != 0 ? RDY1 : 0;
        int second = (stored & EN2) != 0 ? RDY2 : 0;
        return stored | first | second;
    }
}
