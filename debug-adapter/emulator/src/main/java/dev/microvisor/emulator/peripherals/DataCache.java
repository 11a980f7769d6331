package dev.microvisor.emulator.peripherals;

/** DCACHE1. Caches cost and save nothing here; commands are done at once. */
final class DataCache extends RegisterPeripheral {
    private static final int CR = 0x00;
    private static final int SR = 0x04;
    private static final int IER = 0x08;
    private static final int CACHEINV = 1 << 1;
    private static final int STARTCMD = 1 << 11;
    private static final int BSYENDF = 1 << 1;
    private static final int CMDENDF = 1 << 4;
    private static final int IRQ = 111;

    DataCache(int baseAddress) {
        super("DCACHE1", baseAddress);
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .register(CR, "CR")
                        .field(0, 1, "EN")
                        .writeOnly(1, 1, "CACHEINV")
                        .reserved(2, 6)
                        .field(8, 3, "CACHECMD")
                        .writeOnly(11, 1, "STARTCMD")
                        .reserved(12, 4)
                        .field(16, 16, "monitors, HBURST")
                        .onWrite((before, written) -> command(written))
                        .register(SR, "SR")
                        .readOnly(0, 5, "BUSYF, BSYENDF, ERRF, BUSYCMDF, CMDENDF")
                        .reserved(5, 27)
                        .register(IER, "IER")
                        .field(0, 5, "BSYENDIE, ERRIE, CMDENDIE")
                        .reserved(5, 27)
                        .register(0x0C, "FCR")
                        .writeOnly(0, 5, "flags to clear")
                        .reserved(5, 27)
                        .onWrite((before, written) -> bank().clearBits(SR, written));
        String[] monitors = {"RHMONR", "RMMONR"};
        for (int i = 0; i < monitors.length; i++) {
            bank.register(0x10 + 4 * i, monitors[i]).readOnly(0, 32, "hits or misses of reads");
        }
        return bank.register(0x20, "WHMONR")
                .readOnly(0, 32, "hits of writes")
                .register(0x24, "WMMONR")
                .readOnly(0, 32, "misses of writes")
                .plain(0x28, "CMDRSADDRR", "first address of a command")
                .plain(0x2C, "CMDREADDRR", "last address of a command");
    }

    private void command(int written) {
        bank().setBits(SR, (written & CACHEINV) != 0 ? BSYENDF : 0);
        bank().setBits(SR, (written & STARTCMD) != 0 ? CMDENDF : 0);
    }

    @Override
    void changed() {
        guest().setInterruptLine(IRQ, (bank().get(SR) & bank().get(IER)) != 0);
    }
}
