package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Peripheral;
import dev.microvisor.emulator.guest.Timed;
import dev.microvisor.emulator.peripherals.RegisterBank.Kind;
import dev.microvisor.emulator.peripherals.RegisterBank.Register;
import java.util.List;

/**
 * A peripheral that is its register map. Subclasses declare the map and what its bits do; what they
 * know besides the registers goes into {@link #extraState()}.
 */
abstract class RegisterPeripheral implements Peripheral {
    /** Address space of most peripherals. */
    static final int BLOCK_SIZE = 0x400;

    private final String name;
    private final int baseAddress;
    private final int sizeBytes;
    private RegisterBank bank;
    private Guest guest;

    RegisterPeripheral(String name, int baseAddress, int sizeBytes) {
        this.name = name;
        this.baseAddress = baseAddress;
        this.sizeBytes = sizeBytes;
    }

    RegisterPeripheral(String name, int baseAddress) {
        this(name, baseAddress, BLOCK_SIZE);
    }

    /** The register map; called once, before anything else. */
    abstract RegisterBank declare();

    final RegisterBank bank() {
        if (bank == null) {
            bank = declare().declared();
        }
        return bank;
    }

    final Guest guest() {
        return guest;
    }

    @Override
    public final void attach(Guest machine) {
        guest = machine;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int baseAddress() {
        return baseAddress;
    }

    @Override
    public final int sizeBytes() {
        return sizeBytes;
    }

    /** What a byte, halfword or word access selects of a register's bits. */
    private static int mask(int offset, int widthBytes) {
        int bits = widthBytes == Integer.BYTES ? -1 : (1 << (8 * widthBytes)) - 1;
        return bits << shift(offset);
    }

    private static int shift(int offset) {
        return 8 * (offset & 3);
    }

    @Override
    public final int read(int offset, int widthBytes) {
        Register register = bank().at(offset & ~3);
        if (register == null) {
            guest.warnOnce(unknown("read", offset));
            return 0;
        }
        beforeAccess();
        int value = (bank.read(register) & mask(offset, widthBytes)) >>> shift(offset);
        afterReadOf(register.offset, widthBytes);
        return value;
    }

    @Override
    public final int peek(int offset, int widthBytes) {
        Register register = bank().at(offset & ~3);
        return register == null
                ? 0
                : (bank.peek(register) & mask(offset, widthBytes)) >>> shift(offset);
    }

    @Override
    public final void write(int offset, int widthBytes, int value) {
        Register register = bank().at(offset & ~3);
        if (register == null) {
            guest.warnOnce(unknown("write", offset));
            return;
        }
        int mask = mask(offset, widthBytes);
        int shifted = value << shift(offset) & mask;
        List<String> ineffective = register.names(Kind.UNIMPLEMENTED, shifted);
        if (!ineffective.isEmpty()) {
            guest.warnOnce(
                    name
                            + "_"
                            + register.name
                            + ": "
                            + String.join(", ", ineffective)
                            + " can be set but has no effect in the emulator");
        }
        beforeAccess();
        bank.write(register, mask, shifted);
        changed();
        guest.eventsChanged();
    }

    @Override
    public final boolean isSteady(int offset) {
        Register register = bank().at(offset & ~3);
        return register != null && register.steady;
    }

    private String unknown(String what, int offset) {
        return String.format(
                "%s of %s+0x%02x, where the emulator knows no register; it reads as 0",
                what, name, offset);
    }

    /** Brings registers that follow the time up to now. */
    void beforeAccess() {}

    /** After every read, for registers in which its width matters. */
    void afterReadOf(int offset, int widthBytes) {}

    /** After every write: request lines follow the flags. */
    void changed() {}

    @Override
    public long nextEvent() {
        return Timed.NEVER;
    }

    @Override
    public void runEvents(long now) {}

    /** Immutable; what a subclass knows besides its registers. */
    Object extraState() {
        return null;
    }

    void restoreExtraState(Object state) {}

    /** Back to what {@link #extraState()} was at power-up. */
    void resetExtraState() {}

    @Override
    public void reset() {
        bank().reset();
        resetExtraState();
        changed();
    }

    @Override
    public final Object save() {
        return new Saved(bank().save(), extraState());
    }

    @Override
    public final void restore(Object state) {
        Saved saved = (Saved) state;
        bank().restore(saved.registers());
        restoreExtraState(saved.extra());
    }

    private record Saved(RegisterBank.Saved registers, Object extra) {}
}
