package dev.microvisor.symbols.value;

import dev.microvisor.symbols.elf.Symbol;
import dev.microvisor.symbols.elf.SymbolTable;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.type.EnumType;
import dev.microvisor.symbols.type.FunctionType;
import dev.microvisor.symbols.type.Member;
import dev.microvisor.symbols.type.PointerType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.type.VoidType;
import dev.microvisor.symbols.value.library.Contents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns values into text and children. */
public final class ValueRenderer {
    /** More children than a person opens at once. */
    public static final int MAX_CHILDREN = 10_000;

    /** How much of a value is written on one line. */
    record Limits(int elements, int length, int depth, int string) {
        static final Limits PREVIEW = new Limits(16, 160, 3, 256);

        /** All of what firmware holds, but no more than a clipboard should. */
        static final Limits WHOLE = new Limits(65_536, 1 << 20, 16, 1 << 16);
    }

    private final SymbolTable symbols;
    private final DynamicTypes dynamicTypes;
    private final ValueFormat format;
    private final Limits limits;
    private final ContentsRenderer library = new ContentsRenderer(this);

    public ValueRenderer(SymbolTable symbols, DynamicTypes dynamicTypes, ValueFormat format) {
        this(symbols, dynamicTypes, format, Limits.PREVIEW);
    }

    private ValueRenderer(
            SymbolTable symbols, DynamicTypes dynamicTypes, ValueFormat format, Limits limits) {
        this.symbols = symbols;
        this.dynamicTypes = dynamicTypes;
        this.format = format;
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    /** Writes values in full, as they are copied, where this one leaves things out. */
    public ValueRenderer whole() {
        return new ValueRenderer(symbols, dynamicTypes, format, Limits.WHOLE);
    }

    /** The same for another format. */
    ValueRenderer in(ValueFormat newFormat) {
        return new ValueRenderer(symbols, dynamicTypes, newFormat, limits);
    }

    /**
     * @param expression a C expression that gives the value again; may be empty
     */
    public ValueNode node(String name, Value value, String expression) {
        return new ValueNode(name, value, expression, this);
    }

    public String text(Value value) {
        return text(value, 0);
    }

    String text(Value value, int depth) {
        Optional<String> problem = value.problem();
        if (problem.isPresent()) {
            String reason = problem.get();
            return reason.startsWith("optimised out")
                    ? "<" + reason + ">"
                    : "<not available: " + reason + ">";
        }
        try {
            return available(value, value.type().resolved(), depth);
        } catch (UnavailableException e) {
            return "<not available: " + e.getMessage() + ">";
        }
    }

    private String available(Value value, Type type, int depth) {
        if (type instanceof BaseType) {
            return ScalarText.number(value, (BaseType) type, format);
        }
        if (type instanceof EnumType) {
            return ScalarText.enumerator(value, (EnumType) type, format);
        }
        if (type instanceof PointerType) {
            return pointer(value, (PointerType) type, depth);
        }
        if (type instanceof ArrayType) {
            return array(value, (ArrayType) type, depth);
        }
        if (type instanceof CompositeType) {
            Optional<Contents> contents = ContentsRenderer.of(value);
            return contents.isPresent()
                    ? library.text(value, contents.get(), depth)
                    : composite(value, (CompositeType) type, depth);
        }
        if (type instanceof FunctionType) {
            return "{" + type + "} " + address(value.asLong(), true);
        }
        return type instanceof VoidType ? "void" : "?";
    }

    private String address(long address, boolean code) {
        String text = String.format("0x%08x", address & 0xFFFF_FFFFL);
        Optional<Symbol> symbol =
                code ? symbols.functionAt(address & ~1L) : symbols.objectAt(address);
        if (symbol.isEmpty()) {
            symbol = symbols.functionAt(address & ~1L);
        }
        if (symbol.isEmpty()) {
            return text;
        }
        long offset =
                (symbol.get().isFunction() ? address & ~1L : address) - symbol.get().address();
        return text + " <" + symbol.get().name() + (offset == 0 ? "" : "+" + offset) + ">";
    }

    private String pointer(Value value, PointerType type, int depth) {
        Type target = type.target().resolved();
        if (value.location() instanceof Location.ImplicitPointer) {
            return depth < limits.depth()
                    ? "(optimised pointer) " + text(value.dereference(), depth + 1)
                    : "(optimised pointer)";
        }
        if (type.isReference()) {
            return String.format("@0x%08x: ", value.asLong())
                    + (depth < limits.depth() ? text(target(value), depth + 1) : "...");
        }
        long address = value.asLong();
        if (address == 0) {
            return "0x00000000";
        }
        String text = address(address, target instanceof FunctionType);
        if (target instanceof BaseType && ((BaseType) target).isCharacter()) {
            text += string(value, address);
        }
        return text;
    }

    private String string(Value pointer, long address) {
        byte[] bytes = pointer.context().registers().read(address, limits.string());
        if (bytes.length == 0) {
            return "";
        }
        int length = lengthOf(bytes);
        return " " + ScalarText.quoted(bytes, length) + (length == limits.string() ? "..." : "");
    }

    private static int lengthOf(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return bytes.length;
    }

    private String array(Value value, ArrayType type, int depth) {
        long count = type.count().orElse(0);
        Type element = type.element().resolved();
        if (count <= 0) {
            return value.address().isPresent()
                    ? String.format("[] at 0x%08x", value.address().getAsLong())
                    : "[]";
        }
        if (format == ValueFormat.NATURAL
                && element instanceof BaseType
                && ((BaseType) element).isCharacter()) {
            return characters(value, count);
        }
        if (depth >= limits.depth()) {
            return "{...}";
        }
        StringBuilder text = new StringBuilder("{");
        for (long i = 0; i < count; i++) {
            if (i >= limits.elements() || text.length() > limits.length()) {
                return text.append("...}").toString();
            }
            String one = text(value.element(i), depth + 1);
            if (one.startsWith("<not available")) {
                // The other elements fail for the same reason.
                return i == 0 ? one : text.append("...}").toString();
            }
            text.append(i == 0 ? "" : ", ").append(one);
        }
        return text.append('}').toString();
    }

    private String characters(Value value, long count) {
        int wanted = (int) Math.min(count, limits.string());
        byte[] bytes =
                value.part(0, ArrayType.of(((ArrayType) value.type().resolved()).element(), wanted))
                        .bytes();
        int end = bytes.length;
        // As gdb: what is behind the text is left out when it is only zeros.
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        int length = lengthOf(bytes);
        String more = count > wanted && length == bytes.length ? "..." : "";
        boolean zerosOnly = length >= end;
        return ScalarText.quoted(bytes, zerosOnly ? length : Math.min(end, bytes.length)) + more;
    }

    String composite(Value value, CompositeType type, int depth) {
        if (!type.isComplete()) {
            return "<incomplete type>";
        }
        if (depth >= limits.depth()) {
            return "{...}";
        }
        StringBuilder text = new StringBuilder("{");
        boolean first = true;
        for (Member member : type.members()) {
            if (text.length() > limits.length()) {
                text.append(", ...");
                break;
            }
            text.append(first ? "" : ", ");
            first = false;
            if (member.isBaseClass()) {
                text.append('<').append(member.name()).append("> = ");
            } else if (!member.name().isEmpty()) {
                text.append(member.name()).append(" = ");
            }
            text.append(text(value.member(member), depth + 1));
        }
        return text.append('}').toString();
    }

    OptionalLong memoryAddress(Value value) {
        Type type = value.type().resolved();
        if (type instanceof PointerType
                && !(value.location() instanceof Location.ImplicitPointer)) {
            try {
                long address = value.asLong();
                return address == 0 ? OptionalLong.empty() : OptionalLong.of(address);
            } catch (UnavailableException e) {
                return OptionalLong.empty();
            }
        }
        return value.address();
    }

    boolean isIndexed(Value value) {
        return value.type().resolved() instanceof ArrayType
                || contents(value).filter(c -> c.kind() == Contents.Kind.SEQUENCE).isPresent();
    }

    /** Children with names that come besides those with numbers. */
    List<ValueNode> others(ValueNode parent) {
        boolean raw = !(parent instanceof RawNode) && contents(parent.value()).isPresent();
        return raw ? List.of(new RawNode(parent, referred(parent.value()), this)) : List.of();
    }

    long childCount(Value value) {
        Optional<Contents> contents = contents(value);
        return contents.isPresent()
                ? ContentsRenderer.count(contents.get())
                : declaredChildCount(value);
    }

    /** What an object of a library holds, also one that is referred to. */
    private static Optional<Contents> contents(Value value) {
        return ContentsRenderer.of(referred(value));
    }

    private static Value referred(Value value) {
        boolean reference =
                value.type().resolved() instanceof PointerType type && type.isReference();
        return reference && value.problem().isEmpty() ? value.dereference() : value;
    }

    long declaredChildCount(Value value) {
        Type type = value.type().resolved();
        if (value.problem().isPresent()) {
            return 0;
        }
        if (type instanceof ArrayType) {
            return Math.max(0, ((ArrayType) type).count().orElse(0));
        }
        if (type instanceof CompositeType) {
            return ((CompositeType) type).members().size();
        }
        if (type instanceof PointerType) {
            return pointerChildCount(value, ((PointerType) type).target().resolved());
        }
        return 0;
    }

    private long pointerChildCount(Value value, Type target) {
        if (target instanceof VoidType || target instanceof FunctionType) {
            return 0;
        }
        try {
            if (!(value.location() instanceof Location.ImplicitPointer) && value.asLong() == 0) {
                return 0;
            }
        } catch (UnavailableException e) {
            return 0;
        }
        return target instanceof CompositeType && !pointsToLibrary(value)
                ? ((CompositeType) target(value).type().resolved()).members().size()
                : 1;
    }

    /** What a pointer or reference leads to, as what it is: it may be of a derived class. */
    private Value target(Value pointer) {
        return dynamicTypes.actual(pointer.dereference());
    }

    /** Objects of libraries behind pointers are one child, which holds what they hold. */
    private static boolean pointsToLibrary(Value pointer) {
        return !((PointerType) pointer.type().resolved()).isReference()
                && ContentsRenderer.of(pointer.dereference()).isPresent();
    }

    List<ValueNode> children(ValueNode parent, long first, int count) {
        Optional<Contents> contents = contents(parent.value());
        if (contents.isPresent()) {
            int most = Math.min(Math.max(0, count), MAX_CHILDREN);
            return library.children(parent, contents.get(), Math.max(0, first), most);
        }
        return members(parent, first, count);
    }

    /** Children as the type declares them. */
    List<ValueNode> members(ValueNode parent, long first, int count) {
        long available = declaredChildCount(parent.value());
        long from = Math.max(0, first);
        long to = Math.min(available, from + Math.min(Math.max(0, count), MAX_CHILDREN));
        List<ValueNode> result = new ArrayList<>();
        for (long i = from; i < to; i++) {
            try {
                result.add(child(parent, i));
            } catch (UnavailableException e) {
                break;
            }
        }
        return List.copyOf(result);
    }

    private ValueNode child(ValueNode parent, long index) {
        Value value = parent.value();
        Type type = value.type().resolved();
        if (type instanceof ArrayType) {
            return node("[" + index + "]", value.element(index), join(parent, "[" + index + "]"));
        }
        if (type instanceof CompositeType) {
            return member(parent, value, ((CompositeType) type).members().get((int) index), ".");
        }
        return pointed(parent, value, (int) index);
    }

    private ValueNode pointed(ValueNode parent, Value pointer, int index) {
        Value target = target(pointer);
        Type type = target.type().resolved();
        if (type instanceof CompositeType && !pointsToLibrary(pointer)) {
            boolean reference = ((PointerType) pointer.type().resolved()).isReference();
            return member(
                    parent,
                    target,
                    ((CompositeType) type).members().get(index),
                    reference ? "." : "->");
        }
        String expression = parent.expression().isEmpty() ? "" : "*(" + parent.expression() + ")";
        return node("*" + parent.name(), target, expression);
    }

    private ValueNode member(ValueNode parent, Value whole, Member member, String operator) {
        Value value = whole.member(member);
        if (member.isBaseClass()) {
            String base = parent.expression();
            String cast =
                    base.isEmpty() || !operator.equals(".")
                            ? ""
                            : "(*(" + member.name() + " *)&(" + base + "))";
            return node("<" + member.name() + ">", value, cast);
        }
        if (member.name().isEmpty()) {
            // Members of an anonymous struct are named as if they were the outer one's.
            return new ValueNode("{...}", value, parent.expression(), this);
        }
        return node(member.name(), value, join(parent, operator + member.name()));
    }

    static String join(ValueNode parent, String suffix) {
        String base = parent.expression();
        if (base.isEmpty()) {
            return "";
        }
        boolean simple =
                base.chars()
                        .allMatch(
                                c -> Character.isJavaIdentifierPart(c) || ".[]->:".indexOf(c) >= 0);
        return (simple ? base : "(" + base + ")") + suffix;
    }
}
