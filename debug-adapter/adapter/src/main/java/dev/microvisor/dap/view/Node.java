package dev.microvisor.dap.view;

import dev.microvisor.symbols.value.ValueFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A row in a tree of values: what the Variables view, a hover or a watch shows.
 *
 * @param name label of the row
 * @param value one line
 * @param type type in the source language, empty when it has none
 * @param evaluateName expression that gives this very value, empty when there is none
 * @param address where it lives in memory, for memory views
 * @param sizeBytes its size in memory; 0 when it has none
 * @param codeAddress code that it speaks of, for "go to"
 * @param kind what kind of value it is
 * @param children what is inside
 */
public record Node(
        String name,
        String value,
        String type,
        String evaluateName,
        OptionalInt address,
        int sizeBytes,
        OptionalInt codeAddress,
        Kind kind,
        Children children) {

    /** How a client should treat the value. */
    public enum Kind {
        /** The firmware's own; may be changed. */
        DATA,
        /** Computed or owned by Microvisor; read only. */
        VIRTUAL,
        /** A text to be shown raw. */
        READ_ONLY
    }

    /** What is inside a value. Lists are made when somebody opens the row. */
    public interface Children {
        Children NONE = of(List.of());

        /** The same with numbers written in a format, as far as there are any of the firmware's. */
        default Children in(ValueFormat format) {
            return this;
        }

        /** Number of members that have names. */
        int named();

        /** Number of elements that have numbers. */
        int indexed();

        /** All members that have names. */
        List<Node> members();

        /** Some elements, by number. */
        List<Node> elements(int start, int count);

        static Children of(List<Node> members) {
            return lazily(members.size(), () -> members);
        }

        /** Members that are made anew for each format; their number is not known before. */
        static Children formatted(Function<ValueFormat, List<Node>> members, ValueFormat format) {
            return new Children() {
                @Override
                public Children in(ValueFormat other) {
                    return formatted(members, other);
                }

                @Override
                public int named() {
                    return 0;
                }

                @Override
                public int indexed() {
                    return 0;
                }

                @Override
                public List<Node> members() {
                    return members.apply(format);
                }

                @Override
                public List<Node> elements(int start, int wanted) {
                    return List.of();
                }
            };
        }

        static Children lazily(int count, Supplier<List<Node>> members) {
            return new Children() {
                @Override
                public int named() {
                    return count;
                }

                @Override
                public int indexed() {
                    return 0;
                }

                @Override
                public List<Node> members() {
                    return members.get();
                }

                @Override
                public List<Node> elements(int start, int wanted) {
                    return List.of();
                }
            };
        }

        /** Elements that are all there already. */
        static Children indexed(List<Node> elements) {
            return new Children() {
                @Override
                public int named() {
                    return 0;
                }

                @Override
                public int indexed() {
                    return elements.size();
                }

                @Override
                public List<Node> members() {
                    return List.of();
                }

                @Override
                public List<Node> elements(int start, int count) {
                    int from = Math.min(Math.max(start, 0), elements.size());
                    return elements.subList(
                            from, (int) Math.min((long) from + count, elements.size()));
                }
            };
        }
    }

    /** A row that Microvisor's views make, with nothing inside. */
    public static Node leaf(String name, String value) {
        return group(name, value, List.of());
    }

    public static Node group(String name, String value, List<Node> members) {
        return group(name, value, Children.of(members));
    }

    public static Node group(String name, String value, Children children) {
        return new Node(
                name,
                value,
                "",
                "",
                OptionalInt.empty(),
                0,
                OptionalInt.empty(),
                Kind.VIRTUAL,
                children);
    }

    public Node named(String newName) {
        return new Node(
                newName,
                value,
                type,
                evaluateName,
                address,
                sizeBytes,
                codeAddress,
                kind,
                children);
    }

    public Node typed(String newType) {
        return new Node(
                name,
                value,
                newType,
                evaluateName,
                address,
                sizeBytes,
                codeAddress,
                kind,
                children);
    }

    public Node evaluatedBy(String expression) {
        return new Node(
                name, value, type, expression, address, sizeBytes, codeAddress, kind, children);
    }

    /** Lets memory views open at {@code memoryAddress}. */
    public Node at(int memoryAddress) {
        return at(memoryAddress, 0);
    }

    /** As {@link #at(int)}, of a known size: it can be watched. */
    public Node at(int memoryAddress, int newSizeBytes) {
        return new Node(
                name,
                value,
                type,
                evaluateName,
                OptionalInt.of(memoryAddress),
                newSizeBytes,
                codeAddress,
                kind,
                children);
    }

    /** Lets clients go to the source of a code address; 0 means that there is none. */
    public Node from(int newCodeAddress) {
        OptionalInt code =
                newCodeAddress == 0 ? OptionalInt.empty() : OptionalInt.of(newCodeAddress);
        return new Node(name, value, type, evaluateName, address, sizeBytes, code, kind, children);
    }

    public Node ofKind(Kind newKind) {
        return new Node(
                name,
                value,
                type,
                evaluateName,
                address,
                sizeBytes,
                codeAddress,
                newKind,
                children);
    }

    /** Member or element by name or number. */
    public Optional<Node> child(String childName) {
        if (childName.matches("\\d{1,9}") && children.indexed() > 0) {
            return children.elements(Integer.parseInt(childName), 1).stream().findFirst();
        }
        return children.members().stream().filter(n -> n.name().equals(childName)).findFirst();
    }
}
