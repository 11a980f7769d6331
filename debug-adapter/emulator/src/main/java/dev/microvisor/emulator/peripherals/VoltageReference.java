package dev.microvisor.emulator.peripherals;

/** VREFBUF: ready as soon as it is on. What it puts out does not change what converters read. */
final class VoltageReference extends RegisterPeripheral {
    private static final int ENVR = 1;
    private static final int VRR = 1 << 3;

    VoltageReference(int baseAddress) {
        super("VREFBUF", baseAddress);
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(0x00, "CSR")
                .field(0, 3, "ENVR, HIZ")
                .readOnly(3, 1, "VRR")
                .field(4, 3, "VRS")
                .reserved(7, 25)
                .resetTo(2)
                .shows(stored -> (stored & ENVR) != 0 ? stored | VRR : stored)
                .register(0x04, "CCR")
                .field(0, 6, "TRIM")
                .reserved(6, 26);
    }
}
