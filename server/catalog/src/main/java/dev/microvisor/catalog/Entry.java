package dev.microvisor.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One JSON object of a catalog file, read field by field. Reading a field takes it out, and {@link
 * #end} rejects what is left, so that a misspelt optional field is an error and not a default.
 *
 * <p>Messages are put together only when something is wrong: a command line loads the catalog at
 * every start.
 */
final class Entry {
    private static final String[] NAMING_FIELDS = {"name", "id", "path", "status", "place"};

    private final Entry parent;
    private final String label;
    private final Map<?, ?> object;

    /** The outermost object of a file. */
    Entry(String file, Object element) {
        this(null, file, element);
    }

    private Entry(Entry parent, String label, Object element) {
        this.parent = parent;
        this.label = label;
        if (!(element instanceof Map<?, ?> fields)) {
            throw new CatalogException(where(), "expected an object");
        }
        this.object = fields;
    }

    /** File and path of this entry, for messages. */
    String where() {
        return parent == null ? label : parent.where() + "/" + label;
    }

    CatalogException problem(String what) {
        return new CatalogException(where(), what);
    }

    String text(String field) {
        String value = take(field, String.class, "no text");
        if (value.isBlank()) {
            throw problem("field '" + field + "' is empty");
        }
        return value;
    }

    String text(String field, String otherwise) {
        return object.containsKey(field) ? text(field) : otherwise;
    }

    long number(String field) {
        return take(field, Long.class, "no whole number");
    }

    int number(String field, int min, int max) {
        long value = number(field);
        if (value < min || value > max) {
            throw problem(
                    "field '%s' is %d, not within %d and %d".formatted(field, value, min, max));
        }
        return (int) value;
    }

    boolean flag(String field, boolean otherwise) {
        if (!object.containsKey(field)) {
            return otherwise;
        }
        return take(field, Boolean.class, "neither true nor false");
    }

    <E extends Enum<E>> E oneOf(Class<E> type, String field) {
        String value = text(field);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        throw problem(
                "field '%s' is '%s', not one of %s"
                        .formatted(field, value, List.of(type.getEnumConstants())));
    }

    <E extends Enum<E>> E oneOf(Class<E> type, String field, E otherwise) {
        return object.containsKey(field) ? oneOf(type, field) : otherwise;
    }

    <T> Optional<T> optional(String field, Function<Entry, T> reader) {
        if (!object.containsKey(field)) {
            return Optional.empty();
        }
        return Optional.of(child(field, object.remove(field), reader));
    }

    /** The objects of an array; an absent field is an empty array. */
    <T> List<T> entries(String field, Function<Entry, T> reader) {
        List<?> array = array(field);
        List<T> values = new ArrayList<>(array.size());
        for (Object element : array) {
            values.add(child(labelOf(element, field), element, reader));
        }
        return values;
    }

    /** The strings of an array; an absent field is an empty array. */
    List<String> texts(String field) {
        List<?> array = array(field);
        List<String> values = new ArrayList<>(array.size());
        for (Object element : array) {
            if (!(element instanceof String value)) {
                throw problem("field '" + field + "' holds something other than strings");
            }
            values.add(value);
        }
        return values;
    }

    /** To be called when all fields have been read. */
    void end() {
        if (object.size() > 0) {
            throw problem("unknown field '" + object.keySet().iterator().next() + "'");
        }
    }

    private <T> T child(String childLabel, Object element, Function<Entry, T> reader) {
        Entry child = new Entry(this, childLabel, element);
        T value = reader.apply(child);
        child.end();
        return value;
    }

    private <T> T take(String field, Class<T> type, String otherwise) {
        Object value = object.remove(field);
        if (value == null) {
            throw problem("field '" + field + "' is missing");
        }
        if (!type.isInstance(value)) {
            throw problem("field '" + field + "' is " + otherwise + ": " + value);
        }
        return type.cast(value);
    }

    private List<?> array(String field) {
        return object.containsKey(field) ? take(field, List.class, "no array") : List.of();
    }

    /** What the element calls itself, or else the name of the array it stands in. */
    private static String labelOf(Object element, String array) {
        if (element instanceof Map<?, ?> fields) {
            for (String field : NAMING_FIELDS) {
                if (fields.get(field) instanceof String name) {
                    return name;
                }
            }
        }
        return array;
    }
}
