package dev.microvisor.analysis.ir;

import dev.microvisor.analysis.SourceRange;
import java.util.List;
import java.util.stream.Stream;

/** An expression without side effects. */
public sealed interface Expr {
    SourceRange range();

    CType type();

    /** Direct parts. */
    default List<Expr> parts() {
        return List.of();
    }

    /** This expression and everything in it. */
    default Stream<Expr> walk() {
        return Stream.concat(Stream.of(this), parts().stream().flatMap(Expr::walk));
    }

    /** Without casts. */
    default Expr uncast() {
        return this;
    }

    /** A number: literal, enumerator, {@code sizeof}. */
    record Num(SourceRange range, CType type, long value) implements Expr {}

    /**
     * A string literal.
     *
     * @param value its bytes, which are UTF-8, as characters from 0 to 255; the NUL at the end is
     *     not among them
     */
    record Text(SourceRange range, CType type, String value) implements Expr {
        /** What {@code strlen} tells of it. */
        public int length() {
            int nul = value.indexOf('\0');
            return nul < 0 ? value.length() : nul;
        }
    }

    /** A variable. */
    record Var(SourceRange range, Variable variable) implements Expr {
        @Override
        public CType type() {
            return variable.type();
        }
    }

    /** The result of a {@link Instr.Call}, or of a conditional expression. */
    record Temp(SourceRange range, CType type, int id) implements Expr {}

    /** A function, as a value. */
    record FunctionRef(SourceRange range, CType type, String key) implements Expr {}

    /** {@code base.name}; {@code p->name} has a {@link Deref} as its base. */
    record Field(SourceRange range, CType type, Expr base, String name) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(base);
        }
    }

    /** {@code base[index]}; the base is an array or a pointer. */
    record Index(SourceRange range, CType type, Expr base, Expr index) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(base, index);
        }
    }

    /** {@code *pointer}. */
    record Deref(SourceRange range, CType type, Expr pointer) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(pointer);
        }
    }

    /** {@code &place}. */
    record AddressOf(SourceRange range, CType type, Expr place) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(place);
        }
    }

    /** {@code -x}, {@code ~x}, {@code !x}. */
    record Unary(SourceRange range, CType type, String op, Expr operand) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(operand);
        }
    }

    /** Arithmetic, bits and comparisons. */
    record Binary(SourceRange range, CType type, String op, Expr left, Expr right) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(left, right);
        }

        public boolean isComparison() {
            return switch (op) {
                case "==", "!=", "<", ">", "<=", ">=" -> true;
                default -> false;
            };
        }
    }

    /** A conversion that was written. */
    record Cast(SourceRange range, CType type, Expr operand) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(operand);
        }

        @Override
        public Expr uncast() {
            return operand.uncast();
        }
    }

    /** An aggregate initialiser, flattened; what it does not name is zero. */
    record Aggregate(SourceRange range, CType type, List<Entry> entries) implements Expr {
        public Aggregate {
            entries = List.copyOf(entries);
        }

        @Override
        public List<Expr> parts() {
            return entries.stream().map(Entry::value).toList();
        }
    }

    /** One value of an aggregate: {@code path} such as {@code .v1.version} or {@code [2].tag}. */
    record Entry(String path, Expr value) {}

    /** Something that has no meaning here, such as a lambda. Its parts are still read. */
    record Opaque(SourceRange range, CType type, List<Expr> parts) implements Expr {
        public Opaque {
            parts = List.copyOf(parts);
        }
    }
}
