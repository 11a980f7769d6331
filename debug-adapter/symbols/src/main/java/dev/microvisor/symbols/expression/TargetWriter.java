package dev.microvisor.symbols.expression;

/** Changes the stopped machine. Each method answers whether it could. */
public interface TargetWriter {
    boolean writeMemory(long address, byte[] bytes);

    /** A register of the stopped code by its DWARF number: 0 to 15, 64 to 95. */
    boolean writeRegister(int number, int value);

    /** A special register by its name in lower case. */
    boolean writeNamed(String name, int value);
}
