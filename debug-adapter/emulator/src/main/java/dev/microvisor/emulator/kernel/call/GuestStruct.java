package dev.microvisor.emulator.kernel.call;

import dev.microvisor.catalog.StructType;
import dev.microvisor.emulator.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A structure as it was in guest memory when it was read. Fields are named by their paths in the
 * catalog.
 */
public final class GuestStruct {
    private static final String STRUCT = "struct ";
    private static final String SIZED_STRING = "MvSizedString";

    private final StructType type;
    private final int address;
    private final Bytes content;
    private final GuestMemory memory;

    GuestStruct(StructType type, int address, Bytes content, GuestMemory memory) {
        this.type = type;
        this.address = address;
        this.content = content;
        this.memory = memory;
    }

    public StructType type() {
        return type;
    }

    public int address() {
        return address;
    }

    /** Value of a field of up to four bytes; only as many bytes as the field has are read. */
    public int word(String path) {
        StructType.Field field = field(path);
        int value = 0;
        for (int i = Math.min(field.sizeBytes(), Integer.BYTES) - 1; i >= 0; i--) {
            value = value << 8 | content.at(field.offset() + i);
        }
        return value;
    }

    /** Value of a field of eight bytes. */
    public long longWord(String path) {
        int offset = field(path).offset();
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = value << 8 | content.at(offset + i);
        }
        return value;
    }

    /** A field that is itself a structure. */
    public GuestStruct nested(String path) {
        StructType.Field field = field(path);
        StructType inner = memory.layout(structName(field.type()));
        return new GuestStruct(
                inner,
                address + field.offset(),
                content.slice(field.offset(), field.offset() + inner.sizeBytes()),
                memory);
    }

    /** The bytes of a field of type {@code struct MvSizedString}; empty when not readable. */
    public Optional<Bytes> sizedString(String path) {
        return nested(path).asSizedString();
    }

    /** The bytes that this {@code struct MvSizedString} names; empty when not readable. */
    public Optional<Bytes> asSizedString() {
        if (!type.name().equals(SIZED_STRING)) {
            throw new IllegalStateException(type.name() + " is no " + SIZED_STRING);
        }
        return counted("data", "length");
    }

    /** Bytes that a pointer field and a length field name together; empty when not readable. */
    public Optional<Bytes> counted(String pointerPath, String lengthPath) {
        int length = word(lengthPath);
        return length == 0 ? Optional.of(Bytes.EMPTY) : memory.bytes(word(pointerPath), length);
    }

    /**
     * The structures of an array that a pointer field points at; empty when not all is readable.
     *
     * @param count how many, not negative
     */
    public Optional<List<GuestStruct>> array(String pointerPath, int count) {
        StructType element = memory.layout(structName(field(pointerPath).type()));
        List<GuestStruct> found = new ArrayList<>();
        int base = word(pointerPath);
        for (int i = 0; i < count; i++) {
            Optional<GuestStruct> next =
                    memory.struct(element.name(), base + i * element.sizeBytes());
            if (next.isEmpty()) {
                return Optional.empty();
            }
            found.add(next.get());
        }
        return Optional.of(found);
    }

    private StructType.Field field(String path) {
        return type.field(path)
                .orElseThrow(
                        () -> new IllegalStateException(type.name() + " has no field " + path));
    }

    /** {@code MvHttpHeader} of {@code const struct MvHttpHeader *}. */
    public static String structName(String cType) {
        int start = cType.indexOf(STRUCT);
        if (start < 0) {
            throw new IllegalStateException(cType + " is no structure");
        }
        return cType.substring(start + STRUCT.length()).replace("*", "").trim();
    }
}
