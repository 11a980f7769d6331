package dev.microvisor.emulator.memory;

/** The system registers at 0xE000_0000. Word access; narrower accesses are cut out of words. */
public interface PrivateBus {
    /** Reads with side effects. {@code widthBytes} is 1, 2 or 4. */
    int read(int address, int widthBytes);

    void write(int address, int widthBytes, int value);

    /** Reads without side effects. */
    int peek(int address);
}
