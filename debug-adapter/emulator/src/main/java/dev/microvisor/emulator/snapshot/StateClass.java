package dev.microvisor.emulator.snapshot;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.kernel.call.History;
import dev.microvisor.emulator.machine.MachineSnapshot;
import dev.microvisor.emulator.memory.MemoryImage;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A class whose values are states: a record, or one of a few others, that has a constructor with a
 * parameter for each of its fields. {@link CpuState} is the one that is filled field by field.
 */
final class StateClass {
    private static final String OURS = "dev.microvisor.";

    /** States that are no records because they hold arrays. */
    private static final Set<String> OTHERS =
            Set.of(
                    Bytes.class.getName(),
                    CpuState.class.getName(),
                    History.class.getName(),
                    MachineSnapshot.class.getName(),
                    MemoryImage.class.getName(),
                    "dev.microvisor.emulator.system.SystemControl$State",
                    "dev.microvisor.emulator.system.ExceptionModel$State",
                    "dev.microvisor.emulator.peripherals.RegisterBank$Saved");

    private final Class<?> type;
    private final List<Field> fields = new ArrayList<>();

    private StateClass(Class<?> type) {
        this.type = type;
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                fields.add(field);
            }
        }
    }

    static StateClass of(Class<?> type) throws SnapshotException {
        boolean state =
                type.getName().startsWith(OURS)
                        && (type.isRecord() || OTHERS.contains(type.getName()));
        if (!state) {
            throw new SnapshotException(
                    "the machine holds a "
                            + type.getName()
                            + ", which cannot be kept in a file: take the snapshot at another time");
        }
        return new StateClass(type);
    }

    /** By its name, as a file has it. */
    static StateClass named(String name, String layout) throws SnapshotException {
        try {
            StateClass found = of(Class.forName(name, false, StateClass.class.getClassLoader()));
            if (found.layout().equals(layout)) {
                return found;
            }
        } catch (ClassNotFoundException e) {
            throw otherVersion(e);
        }
        throw otherVersion(null);
    }

    private static SnapshotException otherVersion(Throwable cause) {
        return new SnapshotException(
                "it was written by another version of Microvisor Tools: take it again with this one",
                cause);
    }

    String name() {
        return type.getName();
    }

    /** Names and types of the fields: a file of other ones is of another version. */
    String layout() {
        return fields.stream()
                .map(field -> field.getName() + ":" + field.getType().getName())
                .collect(Collectors.joining(","));
    }

    List<Field> fields() {
        return fields;
    }

    /** Builds a value; the values of fields are of their types. */
    Object make(List<Object> values) throws SnapshotException {
        try {
            if (type == CpuState.class) {
                return fill(new CpuState(), values);
            }
            Class<?>[] types = fields.stream().map(Field::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException | IllegalArgumentException e) {
            throw new SnapshotException("it holds a " + type.getName() + " that cannot be", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no constructor of its fields", e);
        }
    }

    private Object fill(CpuState cpu, List<Object> values) throws ReflectiveOperationException {
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (field.get(cpu) instanceof int[] array) {
                if (!(values.get(i) instanceof int[] from) || from.length != array.length) {
                    throw new IllegalArgumentException(field.getName());
                }
                System.arraycopy(from, 0, array, 0, array.length);
            } else {
                field.set(cpu, values.get(i));
            }
        }
        return cpu;
    }
}
