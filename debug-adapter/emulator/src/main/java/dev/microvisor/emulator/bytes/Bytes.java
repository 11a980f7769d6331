package dev.microvisor.emulator.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A byte string that never changes. Two of them are equal when they hold the same bytes. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] values;

    private Bytes(byte[] values) {
        this.values = values;
    }

    public static Bytes of(byte[] values) {
        return values.length == 0 ? EMPTY : new Bytes(values.clone());
    }

    /** The UTF-8 form of a text. */
    public static Bytes utf8(String text) {
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return values.length;
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    /** A value from 0 to 255. */
    public int at(int index) {
        return values[index] & 0xFF;
    }

    public byte[] toArray() {
        return values.clone();
    }

    /** Bytes from {@code from} (included) to {@code to} (excluded). */
    public Bytes slice(int from, int to) {
        return of(Arrays.copyOfRange(values, from, to));
    }

    public Bytes plus(Bytes more) {
        byte[] joined = Arrays.copyOf(values, values.length + more.values.length);
        System.arraycopy(more.values, 0, joined, values.length, more.values.length);
        return of(joined);
    }

    /** Decoded as UTF-8, with replacement characters where that fails. */
    public String text() {
        return new String(values, StandardCharsets.UTF_8);
    }

    public String hex() {
        return HexFormat.of().formatHex(values);
    }

    /** True when every byte is printable ASCII (0x20 to 0x7E). */
    public boolean isPrintableAscii() {
        for (byte value : values) {
            if (value < 0x20 || value > 0x7E) {
                return false;
            }
        }
        return true;
    }

    /**
     * For people: the text in quotes with escapes, cut after {@code limit} bytes with the full size
     * stated.
     */
    public String quoted(int limit) {
        StringBuilder text = new StringBuilder("\"");
        int shown = Math.min(limit, values.length);
        for (int i = 0; i < shown; i++) {
            appendEscaped(text, at(i));
        }
        text.append('"');
        if (shown < values.length) {
            text.append("... (").append(values.length).append(" bytes)");
        }
        return text.toString();
    }

    private static void appendEscaped(StringBuilder text, int value) {
        switch (value) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            default -> {
                if (value >= 0x20 && value <= 0x7E) {
                    text.append((char) value);
                } else {
                    text.append(String.format("\\x%02x", value));
                }
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(values, bytes.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return quoted(64);
    }
}
