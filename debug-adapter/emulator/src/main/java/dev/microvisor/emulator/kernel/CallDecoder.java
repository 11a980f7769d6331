package dev.microvisor.emulator.kernel;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Direction;
import dev.microvisor.catalog.EnumType;
import dev.microvisor.catalog.Parameter;
import dev.microvisor.catalog.StructType;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.GuestMemory;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.view.CallView.ArgumentView;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts the arguments of a system call into words, by the catalog. */
final class CallDecoder {
    /** Structures within structures. */
    private static final int MAX_DEPTH = 4;

    /** Elements of an array. */
    private static final int MAX_ELEMENTS = 8;

    /** Bytes of a text. */
    private static final int MAX_TEXT_BYTES = 64;

    /** Numbers from here on are shown in hexadecimal. */
    private static final long FIRST_HEX = 1_000_000;

    private final GuestMemory memory;
    private final Catalog catalog;

    CallDecoder(GuestMemory memory, Catalog catalog) {
        this.memory = memory;
        this.catalog = catalog;
    }

    /** True when what the arguments point at must be read while the call is made. */
    static boolean pointsAtStructures(SystemCall call) {
        for (Parameter parameter : call.parameters()) {
            if (parameter.isPointer()
                    && (parameter.direction() != Direction.OUT
                            || parameter.type().contains("struct "))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The number that a call writes through a pointer, when that is all that it points at.
     *
     * @param index of the parameter
     * @param type of the number
     */
    record Out(int index, String type, int sizeBytes) {}

    /** The one number that a call gives out; cheap to keep until somebody looks. */
    static Optional<Out> numberOut(SystemCall call, Catalog catalog) {
        for (int i = 0; i < call.parameters().size(); i++) {
            String type = call.parameters().get(i).type();
            if (call.parameters().get(i).isPointer() && !type.startsWith("uint8_t")) {
                String target = type.substring(0, type.length() - 1).trim();
                int size =
                        target.equals("uint64_t")
                                ? Long.BYTES
                                : catalog.enumeration(target.replace("enum ", ""))
                                        .map(EnumType::widthBytes)
                                        .orElse(Integer.BYTES);
                return Optional.of(new Out(i, target, size));
            }
        }
        return Optional.empty();
    }

    /**
     * Arguments without what they point at.
     *
     * @param out the number that came out, and of what kind it is
     */
    static List<ArgumentView> plain(
            SystemCall call, Words words, Optional<Out> kind, OptionalLong out) {
        List<ArgumentView> views = new ArrayList<>(plain(call, words));
        if (kind.isPresent() && out.isPresent()) {
            Out number = kind.get();
            ArgumentView pointer = views.get(number.index());
            String value =
                    number.sizeBytes() == Long.BYTES
                            ? Long.toUnsignedString(out.getAsLong())
                            : scalar(Catalog.bundled(), number.type(), (int) out.getAsLong());
            views.set(
                    number.index(),
                    new ArgumentView(
                            pointer.name(),
                            pointer.type(),
                            pointer.value(),
                            List.of(value(number.type(), value))));
        }
        return views;
    }

    private static List<ArgumentView> plain(SystemCall call, Words words) {
        List<ArgumentView> views = new ArrayList<>();
        for (int i = 0; i < call.parameters().size(); i++) {
            Parameter parameter = call.parameters().get(i);
            String value =
                    parameter.isPointer()
                            ? hex(words.word(i))
                            : scalar(Catalog.bundled(), parameter.type(), words.word(i));
            views.add(new ArgumentView(parameter.name(), parameter.type(), value, List.of()));
        }
        return views;
    }

    /** Arguments and what goes in. */
    List<ArgumentView> before(SystemCall call, Words words) {
        List<ArgumentView> views = new ArrayList<>();
        for (int i = 0; i < call.parameters().size(); i++) {
            Parameter parameter = call.parameters().get(i);
            boolean in = parameter.direction() != Direction.OUT;
            views.add(argument(call, parameter, words, i, in));
        }
        return views;
    }

    /** The same with what came out, when the call succeeded. */
    List<ArgumentView> after(
            SystemCall call, Words words, List<ArgumentView> before, Status status) {
        if (status != Status.OKAY) {
            return before;
        }
        List<ArgumentView> views = new ArrayList<>(before);
        for (int i = 0; i < views.size(); i++) {
            Parameter parameter = call.parameters().get(i);
            if (parameter.isPointer() && parameter.direction() == Direction.OUT) {
                views.set(i, argument(call, parameter, words, i, true));
            }
        }
        return views;
    }

    private ArgumentView argument(
            SystemCall call, Parameter parameter, Words words, int index, boolean follow) {
        int word = words.word(index);
        if (!parameter.isPointer()) {
            return new ArgumentView(
                    parameter.name(),
                    parameter.type(),
                    scalar(catalog, parameter.type(), word),
                    List.of());
        }
        List<ArgumentView> pointee =
                follow && word != 0
                        ? pointee(parameter.type(), word, length(call, parameter, words))
                        : List.of();
        return new ArgumentView(parameter.name(), parameter.type(), hex(word), pointee);
    }

    /** How many bytes another argument says are there; negative when none does. */
    private static int length(SystemCall call, Parameter parameter, Words words) {
        for (int i = 0; i < call.parameters().size(); i++) {
            Parameter other = call.parameters().get(i);
            for (Constraint constraint : other.constraints()) {
                if (constraint instanceof Constraint.LengthOf of
                        && of.of().equals(parameter.name())) {
                    return other.type().equals("uint16_t") ? words.half(i) : words.word(i);
                }
            }
        }
        return -1;
    }

    private List<ArgumentView> pointee(String type, int address, int length) {
        String target = type.substring(0, type.length() - 1).replace("const ", "").trim();
        if (target.startsWith("struct ")) {
            String name = GuestStruct.structName(type);
            if (catalog.struct(name).isEmpty()) {
                return List.of();
            }
            return memory.struct(name, address)
                    .map(struct -> fields(struct, MAX_DEPTH))
                    .orElse(List.of());
        }
        if (target.equals("uint8_t")) {
            int shown = Math.min(length, MAX_TEXT_BYTES + 1);
            return length <= 0 || !memory.readable(address, length)
                    ? List.of()
                    : List.of(value("uint8_t []", text(memory.read(address, shown), length)));
        }
        if (target.equals("uint64_t")) {
            return memory.bytes(address, Long.BYTES)
                    .map(b -> List.of(value(target, Long.toUnsignedString(number(b)))))
                    .orElse(List.of());
        }
        int size = target.startsWith("enum ") ? enumWidth(target) : Integer.BYTES;
        return memory.bytes(address, size)
                .map(b -> List.of(value(target, scalar(catalog, target, (int) number(b)))))
                .orElse(List.of());
    }

    private static ArgumentView value(String type, String value) {
        return new ArgumentView("", type, value, List.of());
    }

    private static String text(Bytes start, int length) {
        String quoted = start.slice(0, Math.min(length, MAX_TEXT_BYTES)).quoted(MAX_TEXT_BYTES);
        return length > MAX_TEXT_BYTES ? quoted + "... (" + length + " bytes)" : quoted;
    }

    private static long number(Bytes bytes) {
        long number = 0;
        for (int i = bytes.size() - 1; i >= 0; i--) {
            number = number << 8 | bytes.at(i);
        }
        return number;
    }

    private int enumWidth(String type) {
        return catalog.enumeration(type.substring("enum ".length()))
                .map(EnumType::widthBytes)
                .orElse(Integer.BYTES);
    }

    private List<ArgumentView> fields(GuestStruct struct, int depth) {
        List<ArgumentView> views = new ArrayList<>();
        for (StructType.Field field : struct.type().fields()) {
            views.add(field(struct, field, depth));
        }
        return views;
    }

    private ArgumentView field(GuestStruct struct, StructType.Field field, int depth) {
        String type = field.type();
        if (type.endsWith("*")) {
            List<ArgumentView> elements =
                    field.direction() == Direction.OUT || depth == 0
                            ? List.of()
                            : elements(struct, field, depth - 1);
            return new ArgumentView(field.path(), type, hex(struct.word(field.path())), elements);
        }
        if (type.equals("struct MvSizedString")) {
            GuestStruct string = struct.nested(field.path());
            String value = field.secret() ? hidden(string) : sizedString(string);
            return new ArgumentView(field.path(), type, value, List.of());
        }
        if (type.startsWith("struct ")) {
            List<ArgumentView> inner =
                    depth == 0 ? List.of() : fields(struct.nested(field.path()), depth - 1);
            return new ArgumentView(field.path(), type, "", inner);
        }
        if (field.sizeBytes() == Long.BYTES) {
            return new ArgumentView(
                    field.path(),
                    type,
                    Long.toUnsignedString(struct.longWord(field.path())),
                    List.of());
        }
        return new ArgumentView(
                field.path(), type, scalar(catalog, type, struct.word(field.path())), List.of());
    }

    /** What a pointer field points at, when that is one structure or a counted array of them. */
    private List<ArgumentView> elements(GuestStruct struct, StructType.Field pointer, int depth) {
        int address = struct.word(pointer.path());
        if (address == 0 || !pointer.type().contains("struct ")) {
            return pointerText(struct, pointer);
        }
        Optional<String> counter = counter(struct.type(), pointer.path());
        int count = counter.map(struct::word).orElse(1);
        int shown = count < 0 ? MAX_ELEMENTS : Math.min(count, MAX_ELEMENTS);
        Optional<List<GuestStruct>> array = struct.array(pointer.path(), shown);
        if (array.isEmpty()) {
            return List.of();
        }
        if (counter.isEmpty()) {
            return fields(array.get().get(0), depth);
        }
        List<ArgumentView> views = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            GuestStruct element = array.get().get(i);
            String elementType = "struct " + element.type().name();
            views.add(
                    element.type().name().equals("MvSizedString")
                            ? new ArgumentView(
                                    "[" + i + "]", elementType, sizedString(element), List.of())
                            : new ArgumentView(
                                    "[" + i + "]", elementType, "", fields(element, depth)));
        }
        return views;
    }

    /** A text that a pointer and a length field name together. */
    private List<ArgumentView> pointerText(GuestStruct struct, StructType.Field pointer) {
        Optional<String> counter = counter(struct.type(), pointer.path());
        if (counter.isEmpty() || !pointer.type().equals("const uint8_t *")) {
            return List.of();
        }
        return struct.counted(pointer.path(), counter.get())
                .map(b -> List.of(value("uint8_t []", b.quoted(MAX_TEXT_BYTES))))
                .orElse(List.of());
    }

    private static Optional<String> counter(StructType type, String path) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        for (StructType.Field field : type.fields()) {
            for (Constraint constraint : field.constraints()) {
                if (constraint instanceof Constraint.LengthOf of
                        && (of.of().equals(path) || of.of().equals(name))) {
                    return Optional.of(field.path());
                }
            }
        }
        return Optional.empty();
    }

    private static String sizedString(GuestStruct string) {
        return string.asSizedString()
                .map(b -> b.quoted(MAX_TEXT_BYTES))
                .orElse(hex(string.word("data")) + " (not readable)");
    }

    /** Only how long it is: traces are kept in files and in the logs of build servers. */
    private static String hidden(GuestStruct string) {
        return "(secret, " + Integer.toUnsignedLong(string.word("length")) + " bytes)";
    }

    private static String scalar(Catalog catalog, String type, int word) {
        if (type.startsWith("enum ")) {
            Optional<EnumType> enumeration = catalog.enumeration(type.substring("enum ".length()));
            if (enumeration.isPresent()) {
                return name(enumeration.get(), word);
            }
        }
        if (type.endsWith("Handle") || type.endsWith("*")) {
            return hex(word);
        }
        long number = Integer.toUnsignedLong(type.equals("uint16_t") ? word & 0xFFFF : word);
        return number < FIRST_HEX ? Long.toString(number) : hex(word);
    }

    /** A constant's name, or the names of flags that add up to the value. */
    private static String name(EnumType enumeration, int word) {
        long value = Integer.toUnsignedLong(word);
        if (!enumeration.bitField() || enumeration.constant(value).isPresent()) {
            return enumeration.nameOf(value);
        }
        List<String> names = new ArrayList<>();
        long rest = value;
        for (EnumType.Constant constant : enumeration.constants()) {
            if (constant.value() != 0 && (value & constant.value()) == constant.value()) {
                names.add(constant.name());
                rest &= ~constant.value();
            }
        }
        if (rest != 0) {
            names.add("0x" + Long.toHexString(rest));
        }
        return String.join("|", names);
    }

    private static String hex(int word) {
        return "0x" + HexFormat.of().toHexDigits(word);
    }
}
