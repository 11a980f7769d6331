package dev.microvisor.analysis.ir;

import dev.microvisor.analysis.SourceRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One step of a block. */
public sealed interface Instr {
    SourceRange range();

    /** What is read, and the places that are stored to. */
    default List<Expr> expressions() {
        return List.of();
    }

    /** What becomes of a call's result. */
    enum ResultUse {
        USED,
        /** Nobody looks at it. */
        DISCARDED,
        /** {@code (void)}: not looked at on purpose. */
        VOIDED
    }

    /** Which text a call stands in. */
    enum Origin {
        /** The source file itself, or the argument of a macro. */
        WRITTEN,
        /** The body of a macro that a header defines: not this project's to mend. */
        HEADER_MACRO,
        /** The body of a macro of the source file. */
        OWN_MACRO
    }

    /**
     * A call.
     *
     * @param id unique in its function
     * @param callee key of the function, or of the member of a structure that points at it; empty
     *     for calls through other pointers
     * @param name name of the function or, after an arrow, of the member as written; empty for
     *     calls through other pointers
     * @param target the called expression
     * @param arguments for methods without the object
     * @param result the temporary that holds the result
     * @param nameRange the name at the call
     * @param inAssert true inside the argument of a macro named assert that the C library defines
     * @param statement the whole expression statement when the call is one, for edits
     * @param object points at the object of a C++ method; empty for other functions
     */
    record Call(
            SourceRange range,
            int id,
            String callee,
            String name,
            Expr target,
            List<Expr> arguments,
            Expr.Temp result,
            ResultUse use,
            Origin origin,
            SourceRange nameRange,
            boolean inAssert,
            Optional<SourceRange> statement,
            Optional<Expr> object)
            implements Instr {
        public Call {
            arguments = List.copyOf(arguments);
        }

        /** A call without an object. */
        public Call(
                SourceRange range,
                int id,
                String callee,
                String name,
                Expr target,
                List<Expr> arguments,
                Expr.Temp result,
                ResultUse use,
                Origin origin,
                SourceRange nameRange,
                boolean inAssert,
                Optional<SourceRange> statement) {
            this(
                    range,
                    id,
                    callee,
                    name,
                    target,
                    arguments,
                    result,
                    use,
                    origin,
                    nameRange,
                    inAssert,
                    statement,
                    Optional.empty());
        }

        /** Calls are keys of many maps: where it stands tells it from nearly all others. */
        @Override
        public int hashCode() {
            return range.hashCode() * 31 + id;
        }

        @Override
        public List<Expr> expressions() {
            return Stream.of(Stream.of(target), object.stream(), arguments.stream())
                    .flatMap(s -> s)
                    .toList();
        }
    }

    /**
     * {@code place = value}.
     *
     * @param declaration true when it initialises a new variable
     * @param op the operator of a compound assignment or increment, such as {@code +}; else empty
     */
    record Store(SourceRange range, Expr place, Expr value, boolean declaration, String op)
            implements Instr {
        @Override
        public List<Expr> expressions() {
            return List.of(value, place);
        }

        /** True when a whole variable is stored to. */
        public boolean isTo(Variable variable) {
            return place instanceof Expr.Var v && v.variable().equals(variable);
        }
    }

    /** A variable without initialiser comes to life. */
    record Declare(SourceRange range, Variable variable, List<Expr> lengths) implements Instr {
        public Declare {
            lengths = List.copyOf(lengths);
        }
    }

    /** An expression that is read for nothing else. */
    record Eval(SourceRange range, Expr value) implements Instr {
        @Override
        public List<Expr> expressions() {
            return List.of(value);
        }
    }

    /** Text that could not be parsed: it may do anything to anything. */
    record Unread(SourceRange range) implements Instr {}

    /** Inline assembly, as written. */
    record Asm(SourceRange range, String text) implements Instr {
        /**
         * True for an instruction that stops the processor, or ends in a fault without a debugger.
         */
        public boolean isTrap() {
            return text.contains("bkpt") || text.contains("BKPT") || text.contains("udf");
        }

        /** True when it may read or write variables: what stands behind a colon names them. */
        public boolean hasOperands() {
            return text.indexOf(':') >= 0;
        }
    }
}
