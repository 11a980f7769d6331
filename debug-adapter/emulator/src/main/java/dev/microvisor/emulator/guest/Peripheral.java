package dev.microvisor.emulator.guest;

/** A block of memory-mapped registers. */
public interface Peripheral extends Timed, Stateful<Object> {
    /** First call after the machine was put together, before the first access. */
    default void attach(Guest guest) {}

    /** As in the STM32U585 reference manual, such as {@code USART2}. */
    String name();

    int baseAddress();

    int sizeBytes();

    /** Reads 1, 2 or 4 bytes at an offset inside the block; may have side effects. */
    int read(int offset, int widthBytes);

    void write(int offset, int widthBytes, int value);

    /**
     * True when reading at an offset has no effect, and gives the same again and again until the
     * peripheral's next event or a write to it: waiting for such a register need not be executed.
     */
    default boolean isSteady(int offset) {
        return false;
    }

    /** Reads without side effects, for debuggers. */
    int peek(int offset, int widthBytes);

    /** Back to the state after power-up. */
    void reset();
}
