package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Catalog;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a function does with a buffer, without paths: enough to stay silent when it may have ended
 * the text, emptied the buffer or bounded a length.
 */
final class BufferUses {
    private final Program program;
    private final Catalog catalog;
    private final TextCalls texts;

    BufferUses(Check check, TextCalls texts) {
        this.program = check.program();
        this.catalog = check.catalog();
        this.texts = texts;
    }

    /** The buffer's address as an argument, also by way of a local pointer to it. */
    static boolean isBuffer(Expr argument, ByteTarget buffer, Function function) {
        Optional<ByteTarget> target = ByteTarget.of(start(argument));
        return target.filter(t -> t.equals(buffer)).isPresent()
                || target.filter(t -> t.path().isEmpty())
                        .filter(t -> isAlias(t.variable(), buffer, function))
                        .isPresent();
    }

    /** Where the text begins of which {@code text + 12} skips the first bytes. */
    private static Expr start(Expr argument) {
        return argument.uncast() instanceof Expr.Binary sum
                        && sum.op().equals("+")
                        && sum.right().uncast() instanceof Expr.Num
                        && sum.left().uncast().type().isArray()
                ? sum.left()
                : argument;
    }

    /** A local pointer that only ever leads into the buffer. */
    private static boolean isAlias(Variable pointer, ByteTarget buffer, Function function) {
        if (!pointer.type().isPointer() || pointer.storage() != Variable.Storage.LOCAL) {
            return false;
        }
        List<Instr.Store> stores = stores(function, pointer).toList();
        return stores.size() == 1 && leadsInto(stores.get(0).value(), buffer, function);
    }

    private static boolean leadsInto(Expr value, ByteTarget buffer, Function function) {
        if (value.uncast() instanceof Expr.Temp found) {
            return function.calls()
                    .filter(c -> found.equals(c.result()))
                    .filter(c -> isSearch(c) && !c.arguments().isEmpty())
                    .anyMatch(c -> isWhole(c.arguments().get(0), buffer));
        }
        return isWhole(value, buffer);
    }

    private static boolean isWhole(Expr pointer, ByteTarget buffer) {
        return ByteTarget.of(pointer).filter(t -> t.equals(buffer)).isPresent();
    }

    /** Functions of the C library whose result points into the text they are given. */
    private static boolean isSearch(Instr.Call call) {
        return switch (call.name()) {
            case "strstr", "strchr", "strrchr", "strpbrk", "strcasestr", "memchr" -> true;
            default -> false;
        };
    }

    private static Stream<Instr.Store> stores(Function function, Variable pointer) {
        return function.storesTo(pointer);
    }

    /** True when something other than the fill may write into the buffer, such as a NUL. */
    boolean mayBeWritten(ByteTarget buffer, Function function, Instr.Call fill) {
        Set<Variable> pointers = new HashSet<>();
        pointers.add(buffer.variable());
        function.stores()
                .filter(s -> s.place() instanceof Expr.Var && s.place().type().isPointer())
                .filter(s -> buffer.isIn(s.value()) || mayLeadInto(s.value(), buffer, function))
                .forEach(s -> pointers.add(((Expr.Var) s.place()).variable()));
        boolean stored =
                function.instructions()
                        .filter(Instr.Store.class::isInstance)
                        .map(i -> ((Instr.Store) i).place())
                        .filter(BufferUses::isByteElement)
                        .flatMap(p -> ByteTarget.place(p).stream())
                        .anyMatch(t -> pointers.contains(t.variable()));
        return stored
                || function.calls()
                        .filter(c -> !c.equals(fill))
                        .anyMatch(c -> mayWrite(c, buffer, function));
    }

    /** A pointer that a function made, unless it was found in the text of another array. */
    private static boolean mayLeadInto(Expr value, ByteTarget buffer, Function function) {
        if (!(value.uncast() instanceof Expr.Temp found)) {
            return false;
        }
        return function.calls()
                .filter(c -> found.equals(c.result()))
                .filter(c -> isSearch(c) && !c.arguments().isEmpty())
                .flatMap(c -> ByteTarget.of(c.arguments().get(0)).stream())
                .noneMatch(t -> t.variable().type().isArray() && !t.equals(buffer));
    }

    /** Where a copy of the text of a buffer, or of a part of it, lies when a call is made. */
    static List<ByteTarget> copies(ByteTarget buffer, Function function, Instr.Call before) {
        return function.calls()
                .filter(c -> isAfter(before, c) && copiesFrom(c, buffer, function))
                .filter(c -> !isReplaced(c, before, function))
                .flatMap(c -> ByteTarget.of(c.arguments().get(0)).stream())
                .toList();
    }

    /** True when another text is written over a copy before a call. */
    private static boolean isReplaced(Instr.Call copy, Instr.Call before, Function function) {
        Optional<ByteTarget> target = ByteTarget.of(copy.arguments().get(0));
        return function.calls()
                .filter(c -> isAfter(c, copy) && isAfter(before, c) && TextUses.writesText(c))
                .filter(c -> !c.arguments().isEmpty())
                .anyMatch(c -> ByteTarget.of(c.arguments().get(0)).equals(target));
    }

    private static boolean copiesFrom(Instr.Call call, ByteTarget buffer, Function function) {
        List<Expr> arguments = call.arguments();
        if (isCopy(call)) {
            return arguments.size() > 1 && isBuffer(arguments.get(1), buffer, function);
        }
        int format =
                switch (call.name()) {
                    case "sprintf" -> 1;
                    case "snprintf" -> 2;
                    default -> arguments.size();
                };
        for (int i = format + 1; i < arguments.size(); i++) {
            if (TextCalls.slot(call, format, i) == Formats.Slot.TEXT
                    && isBuffer(arguments.get(i), buffer, function)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayWrite(Instr.Call call, ByteTarget buffer, Function function) {
        // System calls never end a text.
        if (catalog.call(call.callee()).isPresent() || isZeroing(call) || texts.isReadOnly(call)) {
            return false;
        }
        int format = texts.formatOf(call);
        for (int i = 0; i < call.arguments().size(); i++) {
            Expr argument = call.arguments().get(i);
            if (!argument.walk().anyMatch(e -> isBuffer(e, buffer, function))) {
                continue;
            }
            boolean printed = format >= 0 && i >= format;
            boolean source = i > 0 && isCopy(call);
            if (!printed && !source && !onlyReads(call, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCopy(Instr.Call call) {
        return switch (call.name()) {
            case "memcpy", "memmove", "strcpy", "strncpy", "strcat", "strncat", "strlcpy" -> true;
            default -> false;
        };
    }

    /** A function of the program that stores no bytes through pointers and hands nothing on. */
    private boolean onlyReads(Instr.Call call, int argument) {
        Optional<Function> callee = program.function(call.callee());
        if (callee.isEmpty()) {
            return false;
        }
        if (argument >= callee.get().parameters().size()) {
            return true;
        }
        Variable parameter = callee.get().parameters().get(argument);
        boolean constant = parameter.type().target().filter(CType::isConst).isPresent();
        ByteTarget behind = new ByteTarget(parameter, "");
        return constant || !mayBeWritten(behind, callee.get(), call);
    }

    private static boolean isByteElement(Expr place) {
        return (place instanceof Expr.Index || place instanceof Expr.Deref)
                && place.type().size() == 1;
    }

    static boolean isZeroing(Instr.Call call) {
        boolean set =
                call.name().equals("memset")
                        && call.arguments().size() == 3
                        && call.arguments().get(1).uncast() instanceof Expr.Num n
                        && n.value() == 0;
        return set || call.name().equals("bzero") || call.name().equals("explicit_bzero");
    }

    /** True when the buffer begins its life as zeros, or is zeroed here. */
    static boolean isZeroed(ByteTarget buffer, Function function) {
        boolean declared =
                buffer.variable().isStatic()
                        || buffer.variable().declaration().initialised()
                        || stores(function, buffer.variable()).findAny().isPresent();
        return declared
                || function.calls()
                        .filter(BufferUses::isZeroing)
                        .anyMatch(
                                c ->
                                        !c.arguments().isEmpty()
                                                && isBuffer(
                                                        c.arguments().get(0), buffer, function));
    }

    /** True when a function compares a number with anything but zero, or changes it. */
    static boolean isBounded(ByteTarget number, Function function, Instr.Call after) {
        boolean changed =
                function.stores()
                        .filter(s -> isAfter(s, after))
                        .anyMatch(s -> names(s.place(), number));
        return changed || isCompared(number, function);
    }

    /** True when a function compares a number with anything but zero. */
    static boolean isCompared(ByteTarget number, Function function) {
        return expressions(function)
                .flatMap(Expr::walk)
                .filter(Expr.Binary.class::isInstance)
                .map(Expr.Binary.class::cast)
                .filter(Expr.Binary::isComparison)
                .anyMatch(
                        b ->
                                (mentions(b.left(), number) && !isZero(b.right()))
                                        || (mentions(b.right(), number) && !isZero(b.left())));
    }

    private static boolean isZero(Expr e) {
        return e.uncast() instanceof Expr.Num n && n.value() == 0;
    }

    static boolean names(Expr e, ByteTarget number) {
        return ByteTarget.place(e).filter(t -> t.equals(number)).isPresent();
    }

    static boolean mentions(Expr e, ByteTarget number) {
        return e.walk().anyMatch(x -> names(x, number));
    }

    static boolean isAfter(Instr instr, Instr other) {
        int line = Integer.compare(instr.range().startLine(), other.range().startLine());
        return line > 0 || (line == 0 && instr.range().startColumn() > other.range().startColumn());
    }

    private static Stream<Expr> expressions(Function function) {
        return Stream.concat(
                function.instructions().flatMap(i -> read(i).stream()),
                function.blocks().stream().flatMap(b -> b.exit().expressions().stream()));
    }

    /** Without the places that are stored to. */
    private static List<Expr> read(Instr instr) {
        return instr instanceof Instr.Store s ? List.of(s.value()) : instr.expressions();
    }
}
