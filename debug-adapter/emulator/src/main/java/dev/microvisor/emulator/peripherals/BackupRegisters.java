package dev.microvisor.emulator.peripherals;

/** TAMP: its 32 backup registers, which outlive a reset of the application. Nothing tampers. */
final class BackupRegisters extends RegisterPeripheral {
    private static final int REGISTERS = 32;
    private static final int FIRST = 0x100;

    BackupRegisters(int baseAddress) {
        super("TAMP", baseAddress);
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .register(0x00, "CR1")
                        .unimplemented(0, 32, "tamper detection")
                        .register(0x04, "CR2")
                        .unimplemented(0, 32, "tamper settings")
                        .register(0x2C, "IER")
                        .unimplemented(0, 32, "tamper interrupts")
                        .register(0x30, "SR")
                        .readOnly(0, 32, "flags")
                        .register(0x3C, "SCR")
                        .writeOnly(0, 32, "flags to clear");
        for (int i = 0; i < REGISTERS; i++) {
            bank.plain(FIRST + Integer.BYTES * i, "BKP" + i + "R", "BKP");
        }
        return bank;
    }

    @Override
    public void reset() {
        bank();
    }
}
