package dev.microvisor.emulator.core;

/**
 * One encoding.
 *
 * <p>The diagram is the manual's: 0 and 1 are fixed, letters are operand fields, blanks only group.
 * All bits with the same letter make one number, most significant bit first. Register fields:
 * {@code d} or {@code t} destination or transferred register, {@code n} first operand or base,
 * {@code m} second operand, {@code a} accumulator or second transferred register, {@code e} both d
 * and n. {@code s} sets the flags, {@code i} is the immediate. In floating-point rows a capital
 * letter is the extra bit of the register number.
 *
 * @param name as in the manual, with the encoding's number
 * @param diagram 16 or 32 bits
 * @param op one of {@link Op}, or of {@link Alu} when the form says so
 * @param form how the fields make an instruction
 */
record Row(String name, String diagram, int op, Form form) {
    Row {
        diagram = diagram.replace(" ", "");
        if (diagram.length() != 16 && diagram.length() != 32) {
            throw new IllegalArgumentException(name + ": has " + diagram.length() + " bits");
        }
    }

    static Row row(String name, String diagram, int op) {
        return new Row(name, diagram, op, Form.PLAIN);
    }

    static Row row(String name, String diagram, int op, Form form) {
        return new Row(name, diagram, op, form);
    }

    int bits() {
        return diagram.length();
    }

    /** Ones where the diagram is fixed. */
    int mask() {
        int mask = 0;
        for (int i = 0; i < diagram.length(); i++) {
            mask = mask << 1 | (isFixed(diagram.charAt(i)) ? 1 : 0);
        }
        return mask;
    }

    /** The fixed bits. */
    int value() {
        int value = 0;
        for (int i = 0; i < diagram.length(); i++) {
            value = value << 1 | (diagram.charAt(i) == '1' ? 1 : 0);
        }
        return value;
    }

    boolean has(char letter) {
        return diagram.indexOf(letter) >= 0;
    }

    /** The bits of {@code instruction} under a letter, 0 when the diagram has none. */
    int field(char letter, int instruction) {
        int value = 0;
        int width = diagram.length();
        for (int i = 0; i < width; i++) {
            if (diagram.charAt(i) == letter) {
                value = value << 1 | (instruction >>> (width - 1 - i) & 1);
            }
        }
        return value;
    }

    private static boolean isFixed(char c) {
        return c == '0' || c == '1';
    }
}
