package dev.microvisor.emulator.peripherals;

/** ICACHE. Caches cost and save nothing here; an invalidation is done at once. */
final class InstructionCache extends RegisterPeripheral {
    private static final int SR = 0x04;
    private static final int CACHEINV = 1 << 1;
    private static final int BSYENDF = 1 << 1;

    InstructionCache(int baseAddress) {
        super("ICACHE", baseAddress);
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .register(0x00, "CR")
                        .field(0, 1, "EN")
                        .writeOnly(1, 1, "CACHEINV")
                        .field(2, 1, "WAYSEL")
                        .reserved(3, 13)
                        .field(16, 2, "HITMEN, MISSMEN")
                        .writeOnly(18, 2, "HITMRST, MISSMRST")
                        .reserved(20, 12)
                        .resetTo(4)
                        .onWrite((before, written) -> invalidate(written))
                        .register(SR, "SR")
                        .readOnly(0, 3, "BUSYF, BSYENDF, ERRF")
                        .reserved(3, 29)
                        .register(0x08, "IER")
                        .unimplemented(0, 3, "interrupts")
                        .reserved(3, 29)
                        .register(0x0C, "FCR")
                        .writeOnly(0, 3, "flags to clear")
                        .reserved(3, 29)
                        .onWrite((before, written) -> bank().clearBits(SR, written))
                        .register(0x10, "HMONR")
                        .readOnly(0, 32, "HITMON")
                        .register(0x14, "MMONR")
                        .readOnly(0, 32, "MISSMON");
        return bank.row(0x20, "CRR0", "CRR1", "CRR2", "CRR3");
    }

    private void invalidate(int written) {
        if ((written & CACHEINV) != 0) {
            bank().setBits(SR, BSYENDF);
        }
    }
}
