package dev.microvisor.symbols.type;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.Problems;
import dev.microvisor.symbols.dwarf.QualifiedName;
import dev.microvisor.symbols.dwarf.Tag;
import dev.microvisor.symbols.elf.MalformedException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Makes types from debugging entries, each once. Not thread-safe. */
public final class TypeReader {
    private static final int POINTER_BYTES = 4;

    /** Declared sizes are kept within what an int index can address. */
    private static final long MAX_ELEMENTS = Integer.MAX_VALUE;

    private final TypeIndex index;
    private final Problems problems;
    private final Map<Die, Type> known = new IdentityHashMap<>();

    public TypeReader(TypeIndex index, Problems problems) {
        this.index = index;
        this.problems = problems;
    }

    /** The type that an entry's DW_AT_type names, also by its origin; void when there is none. */
    public Type typeOf(Die die) {
        try {
            Optional<Die> owner = die.having(At.TYPE);
            return owner.isPresent()
                    ? read(owner.get().reference(At.TYPE).get())
                    : VoidType.INSTANCE;
        } catch (MalformedException e) {
            problems.add(e.getMessage() + "; that type is shown as void");
            return VoidType.INSTANCE;
        }
    }

    /** The type that an entry describes. */
    public Type read(Die die) {
        Type type = known.get(die);
        if (type == null) {
            type = make(die);
            known.put(die, type);
        }
        return type;
    }

    /** Types of a name: {@code uint32_t}, {@code struct point} (without the keyword). */
    public List<Type> named(String name, TypeIndex.Space space) {
        return index.named(name, space).stream().map(this::read).toList();
    }

    /**
     * Structs and classes by name. What compilers write in arguments of templates in several ways
     * does not count: spaces, {@code int} behind {@code long}, the suffix of a number.
     */
    public List<Type> classes(String name) {
        return index.classes(name).stream().map(this::read).toList();
    }

    /** An enumerator of some enumeration of the program. */
    public Optional<TypedNumber> enumerator(String name) {
        for (Die die : index.enumerationsWith(name)) {
            Type type = read(die);
            if (type instanceof EnumType) {
                EnumType enumeration = (EnumType) type;
                String plain = name.substring(name.lastIndexOf(':') + 1);
                Optional<EnumType.Enumerator> found = enumeration.named(plain);
                if (found.isPresent()) {
                    return Optional.of(new TypedNumber(enumeration, found.get().value()));
                }
            }
        }
        return Optional.empty();
    }

    /** A number and the enumeration it belongs to. */
    public record TypedNumber(Type type, long value) {}

    /** The type of a function of which only the name is known. */
    public FunctionType unknownFunction() {
        return new FunctionType(() -> BaseType.INT, List::of, false, false);
    }

    private Type make(Die die) {
        if (die.has(At.SIGNATURE)) {
            // The type itself is in a unit of its own (-fdebug-types-section).
            return read(die.reference(At.SIGNATURE).get());
        }
        String name = die.name().orElse("");
        switch (die.tag()) {
            case Tag.BASE_TYPE:
                return new BaseType(BaseTypeName.of(name), size(die), encoding(die));
            case Tag.UNSPECIFIED_TYPE:
                return new BaseType(name, 0, BaseType.Encoding.UNKNOWN);
            case Tag.POINTER_TYPE:
            case Tag.POINTER_TO_MEMBER_TYPE:
                return pointer(die, PointerType.Kind.POINTER);
            case Tag.REFERENCE_TYPE:
                return pointer(die, PointerType.Kind.REFERENCE);
            case Tag.RVALUE_REFERENCE_TYPE:
                return pointer(die, PointerType.Kind.RVALUE_REFERENCE);
            case Tag.CONST_TYPE:
                return new QualifiedType(QualifiedType.Qualifier.CONST, () -> typeOf(die));
            case Tag.VOLATILE_TYPE:
                return new QualifiedType(QualifiedType.Qualifier.VOLATILE, () -> typeOf(die));
            case Tag.RESTRICT_TYPE:
                return new QualifiedType(QualifiedType.Qualifier.RESTRICT, () -> typeOf(die));
            case Tag.ATOMIC_TYPE:
                return new QualifiedType(QualifiedType.Qualifier.ATOMIC, () -> typeOf(die));
            case Tag.TYPEDEF:
                return new TypedefType(name, () -> typeOf(die));
            case Tag.ARRAY_TYPE:
                return array(die, dimensions(die), 0);
            case Tag.STRUCTURE_TYPE:
                return composite(die, CompositeType.Kind.STRUCT);
            case Tag.CLASS_TYPE:
                return composite(die, CompositeType.Kind.CLASS);
            case Tag.UNION_TYPE:
                return composite(die, CompositeType.Kind.UNION);
            case Tag.ENUMERATION_TYPE:
                return enumeration(die);
            case Tag.SUBROUTINE_TYPE:
            case Tag.SUBPROGRAM:
                return function(die);
            default:
                problems.add(
                        String.format(
                                "types of kind 0x%x are not supported (%s); shown as void",
                                die.tag(), die));
                return VoidType.INSTANCE;
        }
    }

    /** Parts of a type are read late, where nobody expects a damaged file any more. */
    private <T> Supplier<T> safely(Supplier<T> part, T otherwise) {
        return () -> {
            try {
                return part.get();
            } catch (MalformedException e) {
                problems.add(e.getMessage() + "; a part of that type is skipped");
                return otherwise;
            }
        };
    }

    private static long size(Die die) {
        return Math.max(0, die.constant(At.BYTE_SIZE).orElse(0));
    }

    private static BaseType.Encoding encoding(Die die) {
        switch ((int) die.constant(At.ENCODING).orElse(0)) {
            case 0x02:
                return BaseType.Encoding.BOOLEAN;
            case 0x03:
                return BaseType.Encoding.COMPLEX;
            case 0x04:
                return BaseType.Encoding.FLOATING;
            case 0x05:
                return BaseType.Encoding.SIGNED;
            case 0x06:
                return BaseType.Encoding.SIGNED_CHARACTER;
            case 0x01:
            case 0x07:
                return BaseType.Encoding.UNSIGNED;
            case 0x08:
            case 0x10: // DW_ATE_UTF: char8_t, char16_t, char32_t
                return BaseType.Encoding.UNSIGNED_CHARACTER;
            default:
                return BaseType.Encoding.UNKNOWN;
        }
    }

    private PointerType pointer(Die die, PointerType.Kind kind) {
        long size = die.constant(At.BYTE_SIZE).orElse(POINTER_BYTES);
        return new PointerType(kind, size, () -> typeOf(die));
    }

    private static List<Die> dimensions(Die die) {
        return die.children().stream()
                .filter(
                        child ->
                                child.tag() == Tag.SUBRANGE_TYPE
                                        || child.tag() == Tag.ENUMERATION_TYPE)
                .toList();
    }

    private Type array(Die die, List<Die> dimensions, int from) {
        if (dimensions.isEmpty()) {
            return new ArrayType(() -> typeOf(die), OptionalLong.empty(), null);
        }
        Die bound = dimensions.get(from);
        boolean last = from == dimensions.size() - 1;
        boolean dynamic =
                (bound.has(At.COUNT) && bound.constant(At.COUNT).isEmpty())
                        || (bound.has(At.UPPER_BOUND) && bound.constant(At.UPPER_BOUND).isEmpty());
        return new ArrayType(
                safely(
                        () -> last ? typeOf(die) : array(die, dimensions, from + 1),
                        VoidType.INSTANCE),
                dynamic ? OptionalLong.empty() : count(bound),
                dynamic ? bound : null);
    }

    private static OptionalLong count(Die bound) {
        OptionalLong count = bound.constant(At.COUNT);
        if (count.isEmpty() && bound.has(At.UPPER_BOUND)) {
            long lower = bound.constant(At.LOWER_BOUND).orElse(0);
            long upper = bound.constant(At.UPPER_BOUND).getAsLong();
            // gcc writes -1 or 0xFFFFFFFF for an array of no elements.
            count = OptionalLong.of(upper == 0xFFFF_FFFFL ? 0 : upper - lower + 1);
        }
        if (count.isPresent() && (count.getAsLong() < 0 || count.getAsLong() > MAX_ELEMENTS)) {
            return OptionalLong.of(0);
        }
        return count;
    }

    private CompositeType composite(Die die, CompositeType.Kind kind) {
        String name = die.name().isEmpty() ? "" : QualifiedName.of(die);
        return new CompositeType(kind, name, die.unit().isCPlusPlus(), () -> body(die));
    }

    private CompositeType.Body body(Die die) {
        try {
            Die complete = die;
            if (die.flag(At.DECLARATION)) {
                Optional<Die> definition = index.definitionOf(die);
                if (definition.isEmpty()) {
                    return CompositeType.Body.UNKNOWN;
                }
                complete = definition.get();
            }
            return new CompositeType.Body(
                    size(complete), true, members(complete), templateTypes(complete));
        } catch (MalformedException e) {
            problems.add(e.getMessage() + "; that type is shown without members");
            return CompositeType.Body.UNKNOWN;
        }
    }

    private List<Member> members(Die die) {
        List<Member> result = new ArrayList<>();
        for (Die child : die.children()) {
            boolean isStatic = child.flag(At.EXTERNAL) || child.flag(At.DECLARATION);
            if (child.tag() == Tag.INHERITANCE || (child.tag() == Tag.MEMBER && !isStatic)) {
                result.add(MemberReader.read(child, typeOf(child)));
            }
        }
        result.sort((a, b) -> Boolean.compare(b.isBaseClass(), a.isBaseClass()));
        return List.copyOf(result);
    }

    private List<Type> templateTypes(Die die) {
        List<Type> result = new ArrayList<>();
        for (Die child : die.children()) {
            if (child.tag() == Tag.TEMPLATE_TYPE_PARAMETER) {
                result.add(typeOf(child));
            } else if (child.tag() == Tag.GNU_TEMPLATE_PARAMETER_PACK) {
                result.addAll(templateTypes(child));
            }
        }
        return List.copyOf(result);
    }

    private EnumType enumeration(Die die) {
        Die complete = die.flag(At.DECLARATION) ? index.definitionOf(die).orElse(die) : die;
        Type underlying = typeOf(complete).resolved();
        boolean signed =
                underlying instanceof BaseType
                        ? ((BaseType) underlying).isSigned()
                        : complete.children().stream().anyMatch(TypeReader::isNegative);
        long size = complete.constant(At.BYTE_SIZE).orElse(underlying.sizeBytes());
        return new EnumType(
                complete.name().isEmpty() ? "" : QualifiedName.of(complete),
                size,
                signed,
                complete.unit().isCPlusPlus(),
                safely(() -> enumerators(complete, size, signed), List.of()));
    }

    private static boolean isNegative(Die enumerator) {
        return !enumerator.isPlainData(At.CONST_VALUE)
                && enumerator.constant(At.CONST_VALUE).orElse(0) < 0;
    }

    private static List<EnumType.Enumerator> enumerators(Die die, long size, boolean signed) {
        List<EnumType.Enumerator> result = new ArrayList<>();
        for (Die child : die.children()) {
            if (child.tag() == Tag.ENUMERATOR) {
                long value = child.constant(At.CONST_VALUE).orElse(0);
                int unused = size > 0 && size < 8 ? (int) (64 - 8 * size) : 0;
                value = signed ? value << unused >> unused : value << unused >>> unused;
                result.add(new EnumType.Enumerator(child.name().orElse("?"), value));
            }
        }
        return List.copyOf(result);
    }

    private FunctionType function(Die die) {
        boolean variadic =
                die.children().stream()
                        .anyMatch(child -> child.tag() == Tag.UNSPECIFIED_PARAMETERS);
        boolean prototyped = die.having(At.PROTOTYPED).isPresent() || die.unit().isCPlusPlus();
        return new FunctionType(
                () -> typeOf(die),
                safely(() -> parameterTypes(die), List.of()),
                variadic,
                prototyped);
    }

    private List<Type> parameterTypes(Die die) {
        return die.children().stream()
                .filter(child -> child.tag() == Tag.FORMAL_PARAMETER)
                .map(this::typeOf)
                .toList();
    }
}
