package dev.microvisor.catalog;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One JSON object of a catalog file, read field by field. {@link #end} rejects the fields that
 * nobody asked for, so that a misspelt optional field is an error and not a default.
 */
final class Entry {
    private final String where;
    private final JsonObject object;
    private final Set<String> asked = new HashSet<>();

    Entry(String where, JsonElement element) {
        this.where = where;
        if (!element.isJsonObject()) {
            throw new CatalogException(where, "expected an object");
        }
        this.object = element.getAsJsonObject();
    }

    /** File and path of this entry, for messages. */
    String where() {
        return where;
    }

    CatalogException problem(String what) {
        return new CatalogException(where, what);
    }

    String text(String field) {
        String value = primitive(field).getAsString();
        if (value.isBlank()) {
            throw problem("field '" + field + "' is empty");
        }
        return value;
    }

    String text(String field, String otherwise) {
        return has(field) ? text(field) : otherwise;
    }

    long number(String field) {
        JsonPrimitive value = primitive(field);
        try {
            return Long.parseLong(value.getAsString());
        } catch (NumberFormatException e) {
            throw problem("field '" + field + "' is no whole number: " + value);
        }
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
        if (!has(field)) {
            return otherwise;
        }
        JsonPrimitive value = primitive(field);
        if (!value.isBoolean()) {
            throw problem("field '" + field + "' is neither true nor false: " + value);
        }
        return value.getAsBoolean();
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
        return has(field) ? oneOf(type, field) : otherwise;
    }

    <T> Optional<T> optional(String field, Function<Entry, T> reader) {
        if (!has(field)) {
            return Optional.empty();
        }
        Entry child = new Entry(where + "/" + field, object.get(field));
        T value = reader.apply(child);
        child.end();
        return Optional.of(value);
    }

    /** The objects of an array; an absent field is an empty array. */
    <T> List<T> entries(String field, Function<Entry, T> reader) {
        List<T> values = new ArrayList<>();
        for (JsonElement element : array(field)) {
            Entry child = new Entry(where + "/" + field + label(element, values.size()), element);
            values.add(reader.apply(child));
            child.end();
        }
        return values;
    }

    /** The strings of an array; an absent field is an empty array. */
    List<String> texts(String field) {
        List<String> values = new ArrayList<>();
        for (JsonElement element : array(field)) {
            if (!element.isJsonPrimitive()) {
                throw problem("field '" + field + "' holds something other than strings");
            }
            values.add(element.getAsString());
        }
        return values;
    }

    /** To be called when all fields have been read. */
    void end() {
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
            if (!asked.contains(field.getKey())) {
                throw problem("unknown field '" + field.getKey() + "'");
            }
        }
    }

    private boolean has(String field) {
        asked.add(field);
        return object.has(field);
    }

    private JsonPrimitive primitive(String field) {
        if (!has(field)) {
            throw problem("field '" + field + "' is missing");
        }
        if (!object.get(field).isJsonPrimitive()) {
            throw problem("field '" + field + "' is no plain value");
        }
        return object.getAsJsonPrimitive(field);
    }

    private Iterable<JsonElement> array(String field) {
        if (!has(field)) {
            return List.of();
        }
        if (!object.get(field).isJsonArray()) {
            throw problem("field '" + field + "' is no array");
        }
        return object.getAsJsonArray(field);
    }

    /** What the element calls itself, or else its index. */
    private static String label(JsonElement element, int index) {
        if (element.isJsonObject()) {
            for (String field : List.of("name", "id", "path", "status")) {
                JsonElement name = element.getAsJsonObject().get(field);
                if (name != null && name.isJsonPrimitive()) {
                    return "/" + name.getAsString();
                }
            }
        }
        return "[" + index + "]";
    }
}
