package dev.microvisor.gdb;

/** An address and a number of bytes as they stand in {@code m}, {@code M} and {@code Z} packets. */
record AddressRange(int address, int size) {
    static AddressRange parse(String text) throws BadCommandException {
        int comma = text.indexOf(',');
        if (comma < 0) {
            throw new BadCommandException("no comma in " + text);
        }
        long size = Hex.number(text.substring(comma + 1));
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new BadCommandException("no sensible length: " + text);
        }
        return new AddressRange((int) Hex.number(text.substring(0, comma)), (int) size);
    }
}
