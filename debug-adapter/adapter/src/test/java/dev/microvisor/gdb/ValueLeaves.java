package dev.microvisor.gdb;

import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.type.FunctionType;
import dev.microvisor.symbols.type.Member;
import dev.microvisor.symbols.type.PointerType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.value.Value;
import java.util.List;
import java.util.Map;

/** Takes a value apart as oracle.py does, so that the parts can be compared. */
final class ValueLeaves {
    private static final int MAX_ELEMENTS = 8;
    private static final int MAX_DEPTH = 6;

    private ValueLeaves() {}

    static void add(String path, Value value, Map<String, String> into) {
        add(path, value, into, 0);
    }

    private static void add(String path, Value value, Map<String, String> into, int depth) {
        Type type = value.type().resolved();
        boolean reference = type instanceof PointerType && ((PointerType) type).isReference();
        if (reference) {
            into.put(path, value.problem().isPresent() ? "?" : "&");
        } else if (depth > MAX_DEPTH) {
            into.put(path, "deep");
        } else if (type instanceof ArrayType) {
            long count = Math.min(MAX_ELEMENTS, ((ArrayType) type).count().orElse(0));
            if (count == 0) {
                into.put(path, "?");
            }
            for (long i = 0; i < count; i++) {
                add(path + "[" + i + "]", value.element(i), into, depth + 1);
            }
        } else if (type instanceof CompositeType) {
            List<Member> members = ((CompositeType) type).members();
            for (int i = 0; i < members.size(); i++) {
                Member member = members.get(i);
                String name = member.name().isEmpty() ? "#" + i : member.name();
                add(
                        path + "." + (member.isBaseClass() ? "<" + asInGdb(name) + ">" : name),
                        value.member(member),
                        into,
                        depth + 1);
            }
        } else if (value.location() instanceof Location.ImplicitPointer) {
            add("*" + path, value.dereference(), into, depth + 1);
        } else if (!(type instanceof FunctionType)) {
            into.put(path, text(value, type));
        }
    }

    /** gdb writes {@code short} where gcc's debug information writes {@code short int}. */
    private static String asInGdb(String className) {
        return className.replaceAll("\\b(short|long) int\\b", "$1");
    }

    private static String text(Value value, Type type) {
        try {
            if (type instanceof BaseType && ((BaseType) type).isFloating()) {
                return String.format("%016x", Double.doubleToRawLongBits(value.asDouble()));
            }
            boolean signed =
                    !(type instanceof PointerType)
                            && !(type instanceof BaseType && !((BaseType) type).isSigned());
            long number = value.asLong();
            return signed ? Long.toString(number) : Long.toUnsignedString(number);
        } catch (UnavailableException e) {
            return "?";
        }
    }
}
