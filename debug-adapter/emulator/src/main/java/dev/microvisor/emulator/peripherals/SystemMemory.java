package dev.microvisor.emulator.peripherals;

/**
 * What the factory has written beside the flash: the one-time programmable bytes (erased), the
 * device's unique number, its package, the size of its flash, and how its analog parts were
 * calibrated. Read-only; the rest of the system memory holds the boot loader and reads as zero.
 */
final class SystemMemory extends RegisterPeripheral {
    static final int BASE = 0x0BFA_0000;

    /** What VREFINT and the temperature sensor have, in the converter's steps at 3.0 V, 14 bits. */
    static final int VREFINT_CALIBRATION = 6619;

    static final int CALIBRATION_AT_30_DEGREES = 4107;
    private static final int CALIBRATION_AT_130_DEGREES = 5472;

    private static final int SIZE = 0x1000;
    private static final int OTP_BYTES = 512;
    private static final int PACKAGE_UFBGA169 = 0x0B;
    private static final int FLASH_KIB = 2048;
    private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private final String deviceSid;

    /**
     * @param deviceSid the unique number follows from it
     */
    SystemMemory(String deviceSid) {
        super("system memory", BASE, SIZE);
        this.deviceSid = deviceSid;
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank = new RegisterBank();
        for (int at = 0; at < OTP_BYTES; at += Integer.BYTES) {
            holds(bank, at, "OTP", -1);
        }
        holds(bank, 0x500, "PKG", PACKAGE_UFBGA169);
        for (int i = 0; i < 3; i++) {
            holds(bank, 0x700 + Integer.BYTES * i, "UID", uniqueNumber(i));
        }
        holds(bank, 0x710, "TS_CAL1", CALIBRATION_AT_30_DEGREES);
        holds(bank, 0x740, "TS_CAL2", CALIBRATION_AT_130_DEGREES << 16);
        holds(bank, 0x7A0, "FLASH_SIZE", FLASH_KIB);
        // This one begins at an odd address.
        holds(bank, 0x7A4, "VREFINT_CAL", VREFINT_CALIBRATION << 8);
        return bank;
    }

    private static void holds(RegisterBank bank, int offset, String name, int value) {
        bank.register(offset, name).readOnly(0, 32, name).resetTo(value);
    }

    private int uniqueNumber(int word) {
        long mixed = (deviceSid.hashCode() + word + 1) * GAMMA;
        return (int) (mixed ^ mixed >>> 32);
    }
}
