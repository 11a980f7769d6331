package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.value.Value;
import dev.microvisor.symbols.value.library.Contents;
import dev.microvisor.symbols.value.library.Contents.Kind;
import dev.microvisor.symbols.value.library.StandardLibrary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What operators and a few methods of the C++ standard library would answer, found out by looking
 * at the objects: nothing of the program runs.
 */
final class LibraryCalls {
    private LibraryCalls() {}

    /** What a smart pointer points to, or an optional or variant holds. */
    static Optional<Value> target(Value object) {
        Optional<Contents> contents = StandardLibrary.contents(object);
        if (contents.isEmpty()) {
            return Optional.empty();
        }
        if (contents.get().kind() == Kind.NOTHING) {
            throw new ExpressionException(object.type() + " holds nothing");
        }
        return contents.filter(c -> c.kind() == Kind.TARGET).map(LibraryCalls::only);
    }

    private static Value only(Contents contents) {
        return contents.items().range(0, 1).get(0);
    }

    /** An element by its number, or by its key. */
    static Optional<Value> element(Value object, Value index) {
        Optional<Contents> found = StandardLibrary.contents(object);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Contents contents = found.get();
        switch (contents.kind()) {
            case TEXT:
            case SEQUENCE:
                return Optional.of(numbered(contents, index.asLong()));
            case MAP:
                return Optional.of(keyed(contents, index));
            default:
                return Optional.empty();
        }
    }

    private static Value numbered(Contents contents, long number) {
        List<Value> there =
                number < 0 || number >= contents.count()
                        ? List.of()
                        : contents.items().range(number, 1);
        if (there.isEmpty()) {
            throw new ExpressionException(
                    "there is no element " + number + ": the size is " + contents.count());
        }
        return there.get(0);
    }

    private static Value keyed(Contents contents, Value wanted) {
        for (Value pair : contents.items().range(0, contents.count())) {
            if (isSame(part(pair, "first"), wanted)) {
                return part(pair, "second");
            }
        }
        throw new ExpressionException("there is no such key");
    }

    private static Value part(Value pair, String name) {
        return ((CompositeType) pair.type().resolved())
                .member(name)
                .map(pair::member)
                .orElseThrow(() -> new ExpressionException("there are no keys"));
    }

    private static boolean isSame(Value key, Value wanted) {
        Optional<Contents> text = StandardLibrary.contents(key);
        if (text.isPresent() && wanted.type().resolved() instanceof ArrayType) {
            byte[] bytes = wanted.bytes();
            List<Value> characters = text.get().items().range(0, text.get().count());
            byte[] own = new byte[characters.size()];
            for (int i = 0; i < own.length; i++) {
                own[i] = (byte) characters.get(i).asLong();
            }
            // A literal has a NUL behind it.
            return Arrays.equals(own, Arrays.copyOf(bytes, Math.max(0, bytes.length - 1)));
        }
        if (text.isPresent()) {
            return false;
        }
        return key.asLong() == wanted.asLong();
    }

    /** What a method answers; empty for one that is not known. */
    static Optional<Value> call(Value object, String method, List<Value> arguments) {
        Optional<Contents> found = StandardLibrary.contents(object);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Contents contents = found.get();
        ExpressionContext context = object.context();
        boolean counts =
                contents.kind() != Kind.VALUE
                        && contents.kind() != Kind.TARGET
                        && contents.kind() != Kind.NOTHING;
        if (arguments.size() == 1 && counts) {
            return method.equals("at") ? element(object, arguments.get(0)) : Optional.empty();
        }
        if (!arguments.isEmpty()) {
            return Optional.empty();
        }
        switch (method) {
            case "size":
            case "length":
                return counts
                        ? Optional.of(Value.of(BaseType.UNSIGNED_INT, contents.count(), context))
                        : Optional.empty();
            case "empty":
                return counts
                        ? Optional.of(Arithmetic.truth(contents.count() == 0, context))
                        : Optional.empty();
            case "front":
                return counts ? Optional.of(numbered(contents, 0)) : Optional.empty();
            case "back":
                return counts
                        ? Optional.of(numbered(contents, contents.count() - 1))
                        : Optional.empty();
            case "has_value":
                return counts
                        ? Optional.empty()
                        : Optional.of(Arithmetic.truth(contents.count() == 1, context));
            case "value":
            case "load":
            case "count":
                return counts || contents.kind() == Kind.NOTHING
                        ? Optional.empty()
                        : Optional.of(only(contents));
            default:
                return Optional.empty();
        }
    }
}
