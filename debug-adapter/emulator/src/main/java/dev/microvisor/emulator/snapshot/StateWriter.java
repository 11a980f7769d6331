package dev.microvisor.emulator.snapshot;

import dev.microvisor.catalog.SystemCall;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Writes states by their fields; what is shared is written once. */
final class StateWriter {
    private final DataOutputStream out;
    private final Map<Object, Integer> written = new IdentityHashMap<>();
    private final Map<Class<?>, Integer> classes = new HashMap<>();
    private final Map<Class<?>, StateClass> states = new HashMap<>();

    StateWriter(DataOutputStream out) {
        this.out = out;
    }

    void write(Object value) throws IOException, SnapshotException {
        if (value == null) {
            out.writeByte(Tag.NULL);
        } else if (written.containsKey(value)) {
            out.writeByte(Tag.AGAIN);
            out.writeInt(written.get(value));
        } else if (!writeSimple(value) && !writeOptional(value)) {
            writeShared(value);
        }
    }

    private boolean writeSimple(Object value) throws IOException {
        if (value instanceof Integer number) {
            out.writeByte(Tag.INTEGER);
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeByte(Tag.LONG);
            out.writeLong(number);
        } else if (value instanceof Boolean flag) {
            out.writeByte(Tag.BOOLEAN);
            out.writeBoolean(flag);
        } else if (value instanceof Enum<?> constant) {
            out.writeByte(Tag.CONSTANT);
            text(constant.getDeclaringClass().getName());
            text(constant.name());
        } else if (value instanceof Instant time) {
            out.writeByte(Tag.INSTANT);
            out.writeLong(time.getEpochSecond());
            out.writeInt(time.getNano());
        } else if (value instanceof SystemCall call) {
            out.writeByte(Tag.SYSTEM_CALL);
            text(call.name());
        } else {
            return false;
        }
        return true;
    }

    private boolean writeOptional(Object value) throws IOException, SnapshotException {
        if (value instanceof Optional<?> optional) {
            out.writeByte(Tag.OPTIONAL);
            write(optional.orElse(null));
        } else if (value instanceof OptionalInt optional) {
            out.writeByte(Tag.OPTIONAL_INTEGER);
            write(optional.isPresent() ? (Object) optional.getAsInt() : null);
        } else if (value instanceof OptionalLong optional) {
            out.writeByte(Tag.OPTIONAL_LONG);
            write(optional.isPresent() ? (Object) optional.getAsLong() : null);
        } else {
            return false;
        }
        return true;
    }

    /** What may be there twice; it gets a number after it is written. */
    private void writeShared(Object value) throws IOException, SnapshotException {
        if (value instanceof String text) {
            out.writeByte(Tag.TEXT);
            text(text);
        } else if (value instanceof byte[] bytes) {
            out.writeByte(Tag.BYTES);
            out.writeInt(bytes.length);
            out.write(bytes);
        } else if (value instanceof int[] words) {
            out.writeByte(Tag.INTEGERS);
            out.writeInt(words.length);
            for (int word : words) {
                out.writeInt(word);
            }
        } else if (value instanceof boolean[] flags) {
            out.writeByte(Tag.BOOLEANS);
            out.writeInt(flags.length);
            for (boolean flag : flags) {
                out.writeBoolean(flag);
            }
        } else if (value instanceof byte[][] || value instanceof int[][]) {
            Object[] arrays = (Object[]) value;
            out.writeByte(value instanceof byte[][] ? Tag.ARRAY_OF_BYTES : Tag.ARRAY_OF_INTEGERS);
            out.writeInt(arrays.length);
            for (Object array : arrays) {
                write(array);
            }
        } else if (value instanceof List<?> list) {
            writeAll(Tag.LIST, list);
        } else if (value instanceof Set<?> set) {
            writeAll(Tag.SET, set);
        } else if (value instanceof Map<?, ?> map) {
            out.writeByte(Tag.MAP);
            out.writeInt(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                write(entry.getKey());
                write(entry.getValue());
            }
        } else {
            writeState(value);
        }
        written.put(value, written.size());
    }

    private void writeAll(int tag, Collection<?> values) throws IOException, SnapshotException {
        out.writeByte(tag);
        out.writeInt(values.size());
        for (Object value : values) {
            write(value);
        }
    }

    private void writeState(Object value) throws IOException, SnapshotException {
        Class<?> type = value.getClass();
        StateClass state = states.get(type);
        if (state == null) {
            state = StateClass.of(type);
            states.put(type, state);
        }
        out.writeByte(Tag.STATE);
        Integer known = classes.get(type);
        if (known == null) {
            out.writeInt(classes.size());
            classes.put(type, classes.size());
            text(state.name());
            text(state.layout());
        } else {
            out.writeInt(known);
        }
        for (Field field : state.fields()) {
            try {
                write(field.get(value));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("cannot read " + field, e);
            }
        }
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
