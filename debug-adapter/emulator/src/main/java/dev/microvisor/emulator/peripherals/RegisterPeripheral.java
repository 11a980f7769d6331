package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.peripherals.RegisterBank.Kind;
import dev.microvisor.emulator.peripherals.RegisterBank.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A peripheral that is its register map. Subclasses {@link #declare} the map and what its bits do,
 * and say in their constructors what else they {@link #keep}; access widths, saving, restoring and
 * resetting follow from that.
 */
abstract class RegisterPeripheral extends Block {
    private final List<Kept<?>> kept = new ArrayList<>();
    private RegisterBank bank;

    RegisterPeripheral(String name, int baseAddress, int sizeBytes) {
        super(name, baseAddress, sizeBytes);
    }

    RegisterPeripheral(String name, int baseAddress) {
        this(name, baseAddress, SIZE);
    }

    /** The register map; called once, before anything else. */
    abstract RegisterBank declare();

    final RegisterBank bank() {
        if (bank == null) {
            bank = declare().declared();
        }
        return bank;
    }

    /**
     * A field that is part of the state. Whoever adds or takes away one raises the version of
     * snapshot files.
     *
     * @param start the value at first and after each reset, immutable
     */
    final <T> void keep(T start, Supplier<T> get, Consumer<T> set) {
        set.accept(start);
        keep(get, set, before -> start);
    }

    /** A field that is part of the state, has its first value already, and is not always reset. */
    final <T> void keep(Supplier<T> get, Consumer<T> set, UnaryOperator<T> afterReset) {
        kept.add(new Kept<>(get, set, afterReset));
    }

    @Override
    public final int read(int offset, int widthBytes) {
        Register register = bank().at(ByteLanes.word(offset));
        if (register == null) {
            guest().warnOnce(unknown("read", offset));
            return 0;
        }
        beforeAccess();
        int value = ByteLanes.read(offset, widthBytes, bank.read(register));
        afterReadOf(register.offset, widthBytes);
        return value;
    }

    @Override
    public final int peek(int offset, int widthBytes) {
        Register register = bank().at(ByteLanes.word(offset));
        return register == null ? 0 : ByteLanes.read(offset, widthBytes, bank.peek(register));
    }

    @Override
    public final void write(int offset, int widthBytes, int value) {
        Register register = bank().at(ByteLanes.word(offset));
        if (register == null) {
            guest().warnOnce(unknown("write", offset));
            return;
        }
        int written = ByteLanes.written(offset, widthBytes, value);
        if ((written & register.mask(Kind.UNIMPLEMENTED)) != 0) {
            guest().warnOnce(
                            name()
                                    + "_"
                                    + register.name
                                    + ": "
                                    + String.join(", ", register.names(Kind.UNIMPLEMENTED, written))
                                    + " can be set but has no effect in the emulator");
        }
        beforeAccess();
        bank.write(register, ByteLanes.mask(offset, widthBytes), written);
        changed();
        guest().eventsChanged();
    }

    @Override
    public final boolean isSteady(int offset) {
        Register register = bank().at(ByteLanes.word(offset));
        return register != null && register.steady;
    }

    private String unknown(String what, int offset) {
        return String.format(
                "%s of %s+0x%02x, where the emulator knows no register; it reads as 0",
                what, name(), offset);
    }

    /** Brings registers that follow the time up to now. */
    void beforeAccess() {}

    /** After every read, for registers in which its width matters. */
    void afterReadOf(int offset, int widthBytes) {}

    /** After every write: request lines follow the flags. */
    void changed() {}

    @Override
    public final void reset() {
        bank().reset();
        kept.forEach(Kept::reset);
        changed();
    }

    @Override
    public final Object save() {
        return new Saved(bank().save(), kept.stream().map(Kept::save).toList());
    }

    @Override
    public final void restore(Object state) {
        Saved saved = (Saved) state;
        bank().restore(saved.registers());
        for (int i = 0; i < kept.size(); i++) {
            kept.get(i).restore(saved.kept().get(i));
        }
    }

    /**
     * All that changes.
     *
     * @param kept in the order in which the constructor names it
     */
    private record Saved(RegisterBank.Saved registers, List<Object> kept) {}
}
