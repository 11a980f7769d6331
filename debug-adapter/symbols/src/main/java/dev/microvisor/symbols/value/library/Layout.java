package dev.microvisor.symbols.value.library;

import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.type.Member;
import dev.microvisor.symbols.type.PointerType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.value.Value;
import java.util.List;
import java.util.Optional;

/** Finds the way through the members of library classes. */
final class Layout {
    /** Members looked at on one search: damaged types may hold themselves. */
    private static final int MAX_LOOKS = 1000;

    private Layout() {}

    /** An object is not laid out as expected, or holds what cannot be. */
    static final class StrangeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StrangeException(String what) {
            super(what);
        }
    }

    static CompositeType composite(Value value) {
        if (value.type().resolved() instanceof CompositeType type && type.isComplete()) {
            return type;
        }
        throw new StrangeException(value.type() + " is no class");
    }

    /** A member of a member, also of base classes. */
    static Value member(Value whole, String... path) {
        Value at = whole;
        for (String name : path) {
            CompositeType type = composite(at);
            at =
                    at.member(
                            type.member(name)
                                    .orElseThrow(
                                            () -> new StrangeException(type + " has no " + name)));
        }
        return at;
    }

    static long number(Value whole, String... path) {
        return member(whole, path).asLong() & 0xFFFF_FFFFL;
    }

    /** A base class, near or far, whose name begins so. */
    static Optional<Value> base(Value whole, String beginning) {
        return base(whole, beginning, new int[] {MAX_LOOKS});
    }

    private static Optional<Value> base(Value whole, String beginning, int[] looks) {
        for (Member member : composite(whole).members()) {
            if (member.isBaseClass() && looks[0]-- > 0) {
                Value inner = whole.member(member);
                Optional<Value> found =
                        composite(inner).name().startsWith(beginning)
                                ? Optional.of(inner)
                                : base(inner, beginning, looks);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    static Type template(Value whole, int index) {
        List<Type> types = composite(whole).templateTypes();
        if (index >= types.size()) {
            throw new StrangeException(whole.type() + " has no such template argument");
        }
        return types.get(index);
    }

    static Type target(Value pointer) {
        if (pointer.type().resolved() instanceof PointerType type) {
            return type.target();
        }
        throw new StrangeException(pointer.type() + " is no pointer");
    }

    static Value at(Type type, long address, Value like) {
        return Value.at(type, new Location.Memory(address & 0xFFFF_FFFFL), like.context());
    }

    static long word(long address, Value like) {
        return at(BaseType.UNSIGNED_INT, address, like).asLong() & 0xFFFF_FFFFL;
    }

    static long size(Type type) {
        long size = type.sizeBytes();
        if (size <= 0) {
            throw new StrangeException("elements of type " + type + " have no size");
        }
        return size;
    }

    /** The address of something of a type that comes as soon as possible after another address. */
    static long aligned(long address, Type type) {
        long alignment = alignment(type, new int[] {MAX_LOOKS});
        return (address + alignment - 1) / alignment * alignment;
    }

    private static long alignment(Type type, int[] looks) {
        Type resolved = type.resolved();
        if (looks[0]-- <= 0) {
            return 1;
        }
        if (resolved instanceof ArrayType array) {
            return alignment(array.element(), looks);
        }
        if (resolved instanceof CompositeType composite) {
            long most = 1;
            for (Member member : composite.members()) {
                most = Math.max(most, alignment(member.type(), looks));
            }
            return most;
        }
        return Math.max(1, Math.min(8, resolved.sizeBytes()));
    }

    /** How many elements lie between two addresses. */
    static long distance(long first, long end, long size) {
        if (end < first || (end - first) % size != 0) {
            throw new StrangeException("it ends before it begins");
        }
        return (end - first) / size;
    }

    static UnavailableException outside() {
        return new UnavailableException("there is no such element");
    }
}
