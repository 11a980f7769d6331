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
                        .unimplemented(0, 8, "tamper detection")
                        .reserved(8, 8)
                        .field(16, 16, "inner tampers, which do not happen")
                        .resetTo(0xFFFF_0000)
                        .register(0x04, "CR2")
                        .unimplemented(0, 32, "tamper settings")
                        .register(0x2C, "IER")
                        .unimplemented(0, 32, "tamper interrupts")
                        .register(0x30, "SR")
                        .readOnly(0, 32, "flags")
                        .register(0x3C, "SCR")
                        .writeOnly(0, 32, "flags to clear");
        bank.row(0x08, "CR3", "FLTCR", "ATCR1", "ATSEEDR", "ATOR", "ATCR2", "SECCFGR", "PRIVCFGR")
                .row(0x34, "MISR", "SMISR")
                .row(0x40, "COUNT1R")
                .row(0x50, "OR", "ERCFGR");
        for (int i = 0; i < REGISTERS; i++) {
            bank.plain(FIRST + Integer.BYTES * i, "BKP" + i + "R", "BKP");
        }
        return bank.lasting();
    }
}
