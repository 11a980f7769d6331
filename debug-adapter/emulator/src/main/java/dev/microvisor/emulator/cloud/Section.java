package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.bytes.Bytes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A table of a cloud file, read key by key. Each getter names a key that may occur; {@link
 * #rejectOthers} then reports those that may not. Wrong values are reported and read as absent.
 */
final class Section {
    /** A token, a colon, and what can be printed (RFC 9110, section 5). */
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ -~]*");

    private final String name;
    private final TomlTable table;
    private final TomlPosition start;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();

    /**
     * @param name for messages, such as {@code [device]}
     * @param start where the table begins; null for the whole file
     */
    Section(String name, TomlTable table, TomlPosition start, Problems problems) {
        this.name = name;
        this.table = table;
        this.start = start;
        this.problems = problems;
    }

    boolean has(String key) {
        known.add(key);
        return table.contains(List.of(key));
    }

    /** Line of the table's header, 0 when unknown. */
    int line() {
        return start == null ? 0 : start.line();
    }

    Optional<String> text(String key) {
        return value(key, String.class, "a text in quotes");
    }

    Optional<Boolean> flag(String key) {
        return value(key, Boolean.class, "true or false");
    }

    OptionalLong number(String key, long min, long max) {
        Optional<Long> found = value(key, Long.class, "a whole number");
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        if (found.get() < min || found.get() > max) {
            problem(key, key + " must be from " + min + " to " + max + ", not " + found.get());
            return OptionalLong.empty();
        }
        return OptionalLong.of(found.get());
    }

    OptionalInt integer(String key, int min, int max) {
        OptionalLong found = number(key, min, max);
        return found.isPresent() ? OptionalInt.of((int) found.getAsLong()) : OptionalInt.empty();
    }

    Optional<Instant> time(String key) {
        return value(key, OffsetDateTime.class, "a date with time and zone, 2026-01-01T00:00:00Z")
                .map(OffsetDateTime::toInstant);
    }

    /** A constant by its name without prefix, in any case. */
    <E extends Enum<E> & ApiConstant> Optional<E> constant(String key, Class<E> type) {
        Optional<String> found = text(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String wanted = found.get().toUpperCase(Locale.ROOT);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(wanted) || constant.constantName().equals(wanted)) {
                return Optional.of(constant);
            }
        }
        problem(
                key,
                key
                        + " \""
                        + found.get()
                        + "\" is unknown"
                        + Suggestion.of(found.get(), ApiConstant.names(type)));
        return Optional.empty();
    }

    /** One of the words, exactly. */
    Optional<String> word(String key, List<String> words) {
        Optional<String> found = text(key);
        if (found.isPresent() && !words.contains(found.get())) {
            problem(
                    key,
                    key
                            + " \""
                            + found.get()
                            + "\" is unknown"
                            + Suggestion.of(found.get(), words));
            return Optional.empty();
        }
        return found;
    }

    private String checkedHeader(String key, String line) {
        if (!HEADER.matcher(line).matches()) {
            problem(key, "header \"" + line + "\" is not \"Name: value\" in printable ASCII");
        }
        return line;
    }

    /** Header lines, written as a table or as an array of {@code Name: value}. */
    List<String> headers(String key) {
        if (!has(key)) {
            return List.of();
        }
        Object found = table.get(List.of(key));
        List<String> lines = new ArrayList<>();
        if (found instanceof TomlTable fields) {
            for (String field : fields.keySet()) {
                lines.add(checkedHeader(key, field + ": " + fields.get(List.of(field))));
            }
            return lines;
        }
        if (found instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                lines.add(checkedHeader(key, String.valueOf(array.get(i))));
            }
            return lines;
        }
        problem(
                key,
                key
                        + " must be a table { \"Content-Type\" = \"text/plain\" } or an array of texts");
        return List.of();
    }

    /** The tables of {@code [[key]]}. */
    List<Section> sections(String key) {
        if (!has(key)) {
            return List.of();
        }
        List<Section> found = new ArrayList<>();
        if (table.get(List.of(key)) instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof TomlTable entry) {
                    found.add(
                            new Section(
                                    "[[" + key + "]]", entry, array.inputPositionOf(i), problems));
                }
            }
            if (found.size() == array.size()) {
                return found;
            }
        }
        problem(key, "write each of these as a table of its own: [[" + key + "]]");
        return List.of();
    }

    /** The table {@code [key]}, empty when it is not there. */
    Optional<Section> section(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (table.get(List.of(key)) instanceof TomlTable entry) {
            return Optional.of(
                    new Section(
                            "[" + key + "]", entry, table.inputPositionOf(List.of(key)), problems));
        }
        problem(key, "write this as a table: [" + key + "]");
        return Optional.empty();
    }

    /** Bytes as an array of numbers. */
    Bytes bytes(String key) {
        if (!has(key)) {
            return Bytes.EMPTY;
        }
        return Bytes.of(byteValues(key, table.get(List.of(key))));
    }

    /**
     * Bytes of registers: {@code { 0x0F = 0x33, 0x28 = [0x10, 0x20] }}; an array goes on with the
     * next registers.
     *
     * @param valueBytes how many bytes a register holds; its first byte has the place {@code number
     *     * valueBytes}
     */
    Map<Integer, Integer> registers(String key, int maxNumber, int valueBytes) {
        Map<Integer, Integer> values = new TreeMap<>();
        if (!has(key)) {
            return values;
        }
        if (!(table.get(List.of(key)) instanceof TomlTable entries)) {
            problem(key, key + " must be a table: { 0x0F = 0x33, 0x28 = [0x10, 0x20] }");
            return values;
        }
        for (String number : entries.keySet()) {
            int first = registerNumber(key, number);
            Object value = entries.get(List.of(number));
            byte[] bytes =
                    value instanceof TomlArray
                            ? byteValues(key, value)
                            : wholeValue(key, value, valueBytes);
            for (int i = 0; i < bytes.length && first >= 0; i++) {
                values.put(first * valueBytes + i, bytes[i] & 0xFF);
            }
            if (first + (bytes.length - 1) / valueBytes > maxNumber) {
                problem(key, key + ": " + number + " goes beyond register " + maxNumber);
            }
        }
        return values;
    }

    private int registerNumber(String key, String number) {
        try {
            return Integer.decode(number);
        } catch (NumberFormatException e) {
            problem(key, key + ": \"" + number + "\" is no number of a register, such as 0x0F");
            return -1;
        }
    }

    /** The value of one register, high byte first. */
    private byte[] wholeValue(String key, Object found, int valueBytes) {
        if (valueBytes == 1) {
            return byteValues(key, found);
        }
        byte[] bytes = new byte[valueBytes];
        long most = (1L << (Byte.SIZE * valueBytes)) - 1;
        if (found instanceof Long number && number >= 0 && number <= most) {
            for (int i = 0; i < valueBytes; i++) {
                bytes[i] = (byte) (number >> (Byte.SIZE * (valueBytes - 1 - i)));
            }
        } else {
            problem(key, String.format("%s: %s is no number from 0 to 0x%X", key, found, most));
        }
        return bytes;
    }

    private byte[] byteValues(String key, Object found) {
        TomlArray array = found instanceof TomlArray some ? some : null;
        byte[] bytes = new byte[array == null ? 1 : array.size()];
        for (int i = 0; i < bytes.length; i++) {
            Object value = array == null ? found : array.get(i);
            if (value instanceof Long number && number >= 0 && number <= 0xFF) {
                bytes[i] = number.byteValue();
            } else {
                problem(key, key + ": " + value + " is no byte, a number from 0 to 0xFF");
            }
        }
        return bytes;
    }

    /** Numbers, whole or not: one, or an array of them. */
    List<Double> decimals(String key, double min, double max) {
        if (!has(key)) {
            return List.of();
        }
        Object found = table.get(List.of(key));
        List<Object> all = found instanceof TomlArray array ? array.toList() : List.of(found);
        List<Double> decimals = new ArrayList<>();
        for (Object value : all) {
            double decimal = value instanceof Number number ? number.doubleValue() : Double.NaN;
            if (!(decimal >= min && decimal <= max)) {
                problem(key, key + ": " + value + " is no number from " + min + " to " + max);
                return List.of();
            }
            decimals.add(decimal);
        }
        return decimals;
    }

    OptionalDouble decimal(String key, double min, double max) {
        List<Double> all = decimals(key, min, max);
        if (all.size() > 1) {
            problem(key, key + " must be one number");
        }
        return all.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(all.get(0));
    }

    /** Whole numbers. */
    List<Integer> integers(String key, int min, int max) {
        return decimals(key, min, max).stream().map(Double::intValue).toList();
    }

    /** Texts: one, or an array of them. */
    List<String> texts(String key) {
        if (has(key) && table.get(List.of(key)) instanceof TomlArray array) {
            return array.toList().stream().map(String::valueOf).toList();
        }
        return text(key).map(List::of).orElse(List.of());
    }

    void rejectOthers() {
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                problem(key, "unknown key \"" + key + "\" in " + name + Suggestion.of(key, known));
            }
        }
    }

    void problem(String key, String message) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        problems.add(position == null ? start : position, message);
    }

    /** A problem with the table as a whole. */
    void problem(String message) {
        problems.add(start, name + ": " + message);
    }

    private <T> Optional<T> value(String key, Class<T> type, String wanted) {
        if (!has(key)) {
            return Optional.empty();
        }
        Object found = table.get(List.of(key));
        if (type.isInstance(found)) {
            return Optional.of(type.cast(found));
        }
        problem(key, key + " must be " + wanted);
        return Optional.empty();
    }
}
