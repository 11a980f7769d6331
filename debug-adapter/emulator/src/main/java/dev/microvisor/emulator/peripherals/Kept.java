package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Stateful;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A value that a peripheral has besides its registers: saved, restored and reset with them.
 *
 * @param <T> immutable
 * @param get the value of now
 * @param set makes another value that of now
 * @param afterReset what a reset makes of the value
 */
record Kept<T>(Supplier<T> get, Consumer<T> set, UnaryOperator<T> afterReset)
        implements Stateful<Object> {
    @Override
    public Object save() {
        return get.get();
    }

    /** Only what {@link #save} gave comes back here. */
    @Override
    @SuppressWarnings("unchecked")
    public void restore(Object saved) {
        set.accept((T) saved);
    }

    void reset() {
        set.accept(afterReset.apply(get.get()));
    }
}
