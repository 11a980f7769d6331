package dev.microvisor.emulator.peripherals;

/** PWR. Supplies are always good; the rest belongs to Microvisor and is only remembered. */
final class PowerControl extends RegisterPeripheral {
    PowerControl(int baseAddress) {
        super("PWR", baseAddress);
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank = new RegisterBank();
        String[] names = {"CR1", "CR2", "CR3"};
        for (int i = 0; i < names.length; i++) {
            bank.register(4 * i, names[i]).field(0, 32, names[i]);
        }
        return bank.register(0x0C, "VOSR")
                .field(0, 14, "regulator")
                .readOnly(14, 2, "BOOSTRDY, VOSRDY")
                .field(16, 16, "VOS, BOOSTEN")
                .resetTo(0xC000)
                .register(0x10, "SVMCR")
                .field(0, 32, "supply monitors")
                .register(0x14, "WUCR1")
                .field(0, 32, "wake-up pins")
                .register(0x18, "WUCR2")
                .field(0, 32, "wake-up polarity")
                .register(0x1C, "WUCR3")
                .field(0, 32, "wake-up selection")
                .register(0x20, "BDCR1")
                .field(0, 32, "backup domain")
                .register(0x24, "BDCR2")
                .field(0, 32, "battery charging")
                .register(0x28, "DBPR")
                .field(0, 1, "DBP")
                .reserved(1, 31)
                .register(0x2C, "UCPDR")
                .field(0, 32, "USB Type-C")
                .register(0x30, "SECCFGR")
                .readOnly(0, 32, "SEC")
                .register(0x34, "PRIVCFGR")
                .readOnly(0, 32, "PRIV")
                .register(0x38, "SR")
                .writeOnly(0, 1, "CSSF")
                .readOnly(1, 31, "STOPF, SBF")
                .register(0x3C, "SVMSR")
                .readOnly(0, 32, "supplies")
                .resetTo(0x1F00_8000)
                .register(0x40, "BDSR")
                .readOnly(0, 32, "backup supply")
                .register(0x44, "WUSR")
                .readOnly(0, 32, "wake-up flags")
                .register(0x48, "WUSCR")
                .writeOnly(0, 32, "CWUF");
    }
}
