package dev.microvisor.emulator.snapshot;

import dev.microvisor.catalog.Catalog;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Builds states again that {@link StateWriter} has written. Trusts nothing that it reads. */
final class StateReader {
    /** Elements of one array, list or map, and bytes of one text. */
    private static final int MAX_ELEMENTS = 1 << 24;

    private static final int MAX_OBJECTS = 5_000_000;

    /** States within states; a history of calls is the deepest. */
    private static final int MAX_DEPTH = 20_000;

    private static final String OURS = "dev.microvisor.";

    private final DataInputStream in;
    private final List<Object> known = new ArrayList<>();
    private final List<StateClass> classes = new ArrayList<>();
    private int depth;

    StateReader(DataInputStream in) {
        this.in = in;
    }

    private static SnapshotException damaged() {
        return new SnapshotException("it is damaged: take it again");
    }

    Object read() throws IOException, SnapshotException {
        depth++;
        if (depth > MAX_DEPTH || known.size() > MAX_OBJECTS) {
            throw damaged();
        }
        Object value = readAs(in.readUnsignedByte());
        depth--;
        return value;
    }

    private Object readAs(int tag) throws IOException, SnapshotException {
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.AGAIN -> again(in.readInt());
            case Tag.INTEGER -> in.readInt();
            case Tag.LONG -> in.readLong();
            case Tag.BOOLEAN -> in.readBoolean();
            case Tag.CONSTANT -> constant(text(), text());
            case Tag.INSTANT -> instant(in.readLong(), in.readInt());
            case Tag.SYSTEM_CALL ->
                    Catalog.bundled().call(text()).orElseThrow(StateReader::damaged);
            case Tag.OPTIONAL -> Optional.ofNullable(read());
            case Tag.OPTIONAL_INTEGER ->
                    read() instanceof Integer i ? OptionalInt.of(i) : OptionalInt.empty();
            case Tag.OPTIONAL_LONG ->
                    read() instanceof Long l ? OptionalLong.of(l) : OptionalLong.empty();
            default -> {
                Object value = shared(tag);
                known.add(value);
                yield value;
            }
        };
    }

    private Object shared(int tag) throws IOException, SnapshotException {
        return switch (tag) {
            case Tag.TEXT -> text();
            case Tag.BYTES -> in.readNBytes(size());
            case Tag.INTEGERS -> words(size());
            case Tag.BOOLEANS -> flags(size());
            case Tag.ARRAY_OF_BYTES -> arrays(new byte[size()][]);
            case Tag.ARRAY_OF_INTEGERS -> arrays(new int[size()][]);
            case Tag.LIST -> list(size());
            case Tag.SET -> set(size());
            case Tag.MAP -> map(size());
            case Tag.STATE -> state();
            default -> throw damaged();
        };
    }

    private Object again(int number) throws SnapshotException {
        if (number < 0 || number >= known.size()) {
            throw damaged();
        }
        return known.get(number);
    }

    private int size() throws IOException, SnapshotException {
        int size = in.readInt();
        if (size < 0 || size > MAX_ELEMENTS) {
            throw damaged();
        }
        return size;
    }

    private String text() throws IOException, SnapshotException {
        return new String(in.readNBytes(size()), StandardCharsets.UTF_8);
    }

    private static Instant instant(long second, int nano) throws SnapshotException {
        try {
            return Instant.ofEpochSecond(second, nano);
        } catch (DateTimeException e) {
            throw new SnapshotException(damaged().getMessage(), e);
        }
    }

    private static Object constant(String type, String name) throws SnapshotException {
        try {
            if (type.startsWith(OURS)) {
                Class<?> found = Class.forName(type, false, StateReader.class.getClassLoader());
                for (Object constant :
                        Optional.ofNullable(found.getEnumConstants())
                                .orElseThrow(StateReader::damaged)) {
                    if (constant instanceof Enum<?> one && one.name().equals(name)) {
                        return one;
                    }
                }
            }
        } catch (ClassNotFoundException e) {
            throw new SnapshotException(damaged().getMessage(), e);
        }
        throw damaged();
    }

    private int[] words(int size) throws IOException {
        int[] words = new int[size];
        for (int i = 0; i < size; i++) {
            words[i] = in.readInt();
        }
        return words;
    }

    private boolean[] flags(int size) throws IOException {
        boolean[] flags = new boolean[size];
        for (int i = 0; i < size; i++) {
            flags[i] = in.readBoolean();
        }
        return flags;
    }

    private Object[] arrays(Object[] arrays) throws IOException, SnapshotException {
        for (int i = 0; i < arrays.length; i++) {
            Object array = read();
            if (array != null && !arrays.getClass().componentType().isInstance(array)) {
                throw damaged();
            }
            arrays[i] = array;
        }
        return arrays;
    }

    private List<Object> list(int size) throws IOException, SnapshotException {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(read());
        }
        return Collections.unmodifiableList(list);
    }

    private Set<Object> set(int size) throws IOException, SnapshotException {
        Set<Object> set = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
            set.add(read());
        }
        return Collections.unmodifiableSet(set);
    }

    private Map<Object, Object> map(int size) throws IOException, SnapshotException {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Object key = read();
            map.put(key, read());
        }
        return Collections.unmodifiableMap(map);
    }

    private Object state() throws IOException, SnapshotException {
        int number = in.readInt();
        if (number == classes.size()) {
            classes.add(StateClass.named(text(), text()));
        }
        if (number < 0 || number >= classes.size()) {
            throw damaged();
        }
        StateClass type = classes.get(number);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            values.add(read());
        }
        return type.make(values);
    }
}
