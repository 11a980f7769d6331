package dev.microvisor.emulator.peripherals;

/** PWR. Supplies are always good; the rest belongs to Microvisor and is only remembered. */
final class PowerControl extends RegisterPeripheral {
    private static final int CR3 = 0x08;

    /** LDO or SMPS; REGS in SVMSR has its place. */
    private static final int REGSEL = 1 << 1;

    /** What 160 MHz need: VOS, BOOSTEN, VOSRDY, BOOSTRDY. */
    private static final int RANGE_1_BOOSTED = 0x7_C000;

    PowerControl(int baseAddress) {
        super("PWR", baseAddress);
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .row(0x00, "CR1", "CR2", "CR3")
                .register(0x0C, "VOSR")
                .field(0, 14, "regulator")
                .readOnly(14, 2, "BOOSTRDY, VOSRDY")
                .field(16, 16, "VOS, BOOSTEN")
                .resetTo(RANGE_1_BOOSTED)
                .row(0x10, "SVMCR", "WUCR1", "WUCR2", "WUCR3", "BDCR1", "BDCR2")
                .register(0x28, "DBPR")
                .field(0, 1, "DBP")
                .reserved(1, 31)
                .plain(0x2C, "UCPDR", "USB Type-C")
                .register(0x30, "SECCFGR")
                .readOnly(0, 32, "SEC")
                .register(0x34, "PRIVCFGR")
                .readOnly(0, 32, "PRIV")
                .register(0x38, "SR")
                .writeOnly(0, 1, "CSSF")
                .readOnly(1, 31, "STOPF, SBF")
                .register(0x3C, "SVMSR")
                .readOnly(0, 32, "supplies")
                .resetTo(0x1F03_8000)
                .shows(stored -> stored | (bank().get(CR3) & REGSEL))
                .register(0x40, "BDSR")
                .readOnly(0, 32, "backup supply")
                .register(0x44, "WUSR")
                .readOnly(0, 32, "wake-up flags")
                .register(0x48, "WUSCR")
                .writeOnly(0, 32, "CWUF");
    }
}
