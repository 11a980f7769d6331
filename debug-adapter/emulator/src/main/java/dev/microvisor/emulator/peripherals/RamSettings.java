package dev.microvisor.emulator.peripherals;

/** RAMCFG. Settings of the memories are kept; none has errors, wait states, or is erased by it. */
final class RamSettings extends RegisterPeripheral {
    private static final int MEMORIES = 5;
    private static final int STRIDE = 0x40;

    RamSettings(int baseAddress) {
        super("RAMCFG", baseAddress);
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank = new RegisterBank();
        for (int i = 0; i < MEMORIES; i++) {
            int base = STRIDE * i;
            String memory = "M" + (i + 1);
            bank.register(base, memory + "CR")
                    .field(0, 8, "ECCE, ALE")
                    .unimplemented(8, 1, "SRAMER")
                    .reserved(9, 7)
                    .field(16, 16, "WSC");
            bank.plain(base + 0x04, memory + "IER", "interrupts");
            bank.register(base + 0x08, memory + "ISR").readOnly(0, 32, "flags");
            bank.register(base + 0x0C, memory + "SEAR").readOnly(0, 32, "ESEA");
            bank.register(base + 0x10, memory + "DEAR").readOnly(0, 32, "EDEA");
            bank.register(base + 0x14, memory + "ICR").writeOnly(0, 32, "flags to clear");
            bank.plain(base + 0x18, memory + "WPR1", "write protection");
            bank.plain(base + 0x1C, memory + "WPR2", "write protection");
            bank.register(base + 0x24, memory + "ECCKEY").writeOnly(0, 32, "ECCKEY");
            bank.register(base + 0x28, memory + "ERKEYR").writeOnly(0, 32, "ERASEKEY");
        }
        return bank;
    }
}
