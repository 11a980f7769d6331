package dev.microvisor.catalog;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps, lists, strings, longs and booleans; nothing else occurs in the catalog.
 *
 * <p>Gson's own tree would do, were it not for the time: it sets up adapters for fifty types first,
 * a quarter of what loading the catalog may take. This one also rejects a field stated twice.
 */
final class JsonTree {
    /** Far deeper than any catalog file; keeps a broken file from exhausting the stack. */
    private static final int MAX_DEPTH = 16;

    private final JsonReader reader;

    private JsonTree(JsonReader reader) {
        this.reader = reader;
    }

    /**
     * @throws JsonParseException when the text is no JSON, or JSON that the catalog does not use
     */
    static Object parse(Reader text) throws IOException {
        JsonReader reader = new JsonReader(text);
        reader.setStrictness(Strictness.STRICT);
        try {
            Object value = new JsonTree(reader).value(0);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonParseException("more text after the end, at " + reader.getPath());
            }
            return value;
        } catch (MalformedJsonException | EOFException | NumberFormatException e) {
            throw new JsonParseException(e.getMessage(), e);
        }
    }

    private Object value(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new JsonParseException(
                    "nested deeper than " + MAX_DEPTH + ", at " + reader.getPath());
        }
        JsonToken token = reader.peek();
        if (token == JsonToken.STRING) {
            return reader.nextString();
        } else if (token == JsonToken.BEGIN_OBJECT) {
            return object(depth);
        } else if (token == JsonToken.BEGIN_ARRAY) {
            return array(depth);
        } else if (token == JsonToken.NUMBER) {
            return reader.nextLong();
        } else if (token == JsonToken.BOOLEAN) {
            return reader.nextBoolean();
        }
        throw new JsonParseException("unexpected " + token + ", at " + reader.getPath());
    }

    private Map<String, Object> object(int depth) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (fields.put(name, value(depth + 1)) != null) {
                throw new JsonParseException(
                        "field '" + name + "' is stated twice" + ", at " + reader.getPath());
            }
        }
        reader.endObject();
        return fields;
    }

    private List<Object> array(int depth) throws IOException {
        List<Object> elements = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            elements.add(value(depth + 1));
        }
        reader.endArray();
        return elements;
    }
}
