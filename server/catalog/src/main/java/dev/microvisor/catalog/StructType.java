package dev.microvisor.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A structure of the API with its 32-bit layout.
 *
 * @param name without {@code struct}
 * @param sizeBytes size as compiled for Arm
 * @param alignBytes alignment as compiled for Arm
 * @param fields in order of their offsets; members of a version union are written {@code v1.name}
 * @param versioned true when the first field is a version that selects the union member
 */
public record StructType(
        String name,
        Group group,
        String summary,
        int sizeBytes,
        int alignBytes,
        boolean versioned,
        List<Field> fields,
        String source) {
    public StructType {
        fields = List.copyOf(fields);
    }

    public Optional<Field> field(String path) {
        return fields.stream().filter(f -> f.path().equals(path)).findFirst();
    }

    /**
     * A field.
     *
     * @param path its name, with {@code v1.} in front inside a version union
     * @param type C type as in the SDK header
     * @param offset bytes from the start of the structure
     * @param sizeBytes size of the field itself
     * @param direction OUT for pointers through which Microvisor writes
     * @param secret what it holds is for nobody to read, so traces hide it
     */
    public record Field(
            String path,
            String type,
            int offset,
            int sizeBytes,
            Direction direction,
            String meaning,
            boolean secret,
            List<Constraint> constraints) {
        public Field {
            constraints = List.copyOf(constraints);
        }
    }
}
