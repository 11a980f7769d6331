package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Optional;

/**
 * Flags the text of a request that is written into memory which was measured too short for it, or
 * printed without limit into an array.
 */
public final class RequestBodyOverflow implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "request-body-overflow",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.DATA);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        RequestTexts requests = RequestTexts.of(check);
        for (Function function : check.program().functions()) {
            function.calls().forEach(c -> look(function, c, requests, check));
        }
    }

    private static void look(
            Function function, Instr.Call call, RequestTexts requests, Check check) {
        Optional<TextLength> written = written(call);
        if (written.isEmpty()) {
            return;
        }
        Expr target = call.arguments().get(0).uncast();
        Optional<Facts.SystemCallFact> request = requests.request(target);
        if (request.isEmpty()) {
            return;
        }
        Optional<Expr> size = measured(target, function);
        if (size.isPresent()) {
            TextLength.computed(size.get(), function)
                    .ifPresent(
                            room ->
                                    tooShort(
                                            function,
                                            call,
                                            size.get(),
                                            room,
                                            written.get(),
                                            request.get(),
                                            check));
        } else if (call.name().equals("sprintf") && TextLength.room(target) >= 0) {
            unlimited(function, call, target, written.get(), request.get(), check);
        }
    }

    /** What a call writes into its first argument, without the NUL. */
    private static Optional<TextLength> written(Instr.Call call) {
        List<Expr> arguments = call.arguments();
        return switch (call.name()) {
            case "sprintf" ->
                    arguments.size() >= 2 && arguments.get(1).uncast() instanceof Expr.Text
                            ? Optional.of(TextLength.printed(call, 1))
                            : Optional.empty();
            case "strcpy", "stpcpy" ->
                    arguments.size() == 2
                            ? Optional.of(TextLength.of(arguments.get(1)))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The size with which memory was made at run time. */
    private static Optional<Expr> measured(Expr target, Function function) {
        if (!(target instanceof Expr.Var v)) {
            return Optional.empty();
        }
        Variable variable = v.variable();
        for (Instr instr : (Iterable<Instr>) function.instructions()::iterator) {
            if (instr instanceof Instr.Declare declare
                    && declare.variable().equals(variable)
                    && declare.lengths().size() == 1) {
                return Optional.of(declare.lengths().get(0));
            }
        }
        return HeapSize.of(variable, function);
    }

    private static void tooShort(
            Function function,
            Instr.Call call,
            Expr size,
            TextLength room,
            TextLength written,
            Facts.SystemCallFact request,
            Check check) {
        TextLength spare = room.without(written);
        TextLength unmeasured = written.without(room);
        boolean exact = spare.texts().isEmpty() && unmeasured.texts().isEmpty();
        long missing = written.characters() + 1 - room.characters();
        if (room.texts().isEmpty() || !exact || missing <= 0) {
            return;
        }
        SourceRange end = Edits.after(size.range());
        String name = check.text(call.arguments().get(0).range());
        check.report(
                Report.of(
                                INFO,
                                function.name(),
                                call.nameRange(),
                                "'"
                                        + name
                                        + "' is "
                                        + missing
                                        + (missing == 1 ? " byte" : " bytes")
                                        + " too short for what "
                                        + call.name()
                                        + " writes")
                        .why("strlen does not count the NUL at the end; it overwrites what follows")
                        .help("add " + missing + " to the size")
                        .note(size.range(), "measured here")
                        .note(request.call().nameRange(), request.contract().name() + " sends it")
                        .fix(
                                Edits.suggestion(
                                        "Add " + missing + " to the size",
                                        new TextEdit(end, " + " + missing))));
    }

    private static void unlimited(
            Function function,
            Instr.Call call,
            Expr target,
            TextLength written,
            Facts.SystemCallFact request,
            Check check) {
        long size = TextLength.room(target) + 1;
        boolean certain = written.characters() + 1 > size;
        Optional<Expr> text =
                written.texts().stream()
                        .filter(t -> !fits(t, function, size - written.characters(), check))
                        .findFirst();
        if (!certain && text.isEmpty()) {
            return;
        }
        String name = check.text(target.range());
        String message =
                certain
                        ? "at least " + (written.characters() + 1) + " bytes are written into '"
                        : "nothing limits what is printed into '";
        check.report(
                Report.of(
                                INFO,
                                function.name(),
                                call.nameRange(),
                                message + name + "', which has " + size)
                        .why("a longer text than expected overwrites what lies behind the array")
                        .help("use snprintf with the size of the array, and look at its result")
                        .note(request.call().nameRange(), request.contract().name() + " sends it")
                        .fix(
                                Edits.suggestion(
                                        "Print with a limit",
                                        new TextEdit(call.nameRange(), "snprintf"),
                                        new TextEdit(
                                                Edits.after(call.arguments().get(0).range()),
                                                ", sizeof(" + name + ")"))));
    }

    /** True when a text is known to be short enough, or somebody looks at how long it is. */
    private static boolean fits(Expr text, Function function, long room, Check check) {
        long most = TextLength.room(text);
        if (most >= 0) {
            return most < room || isMeasured(text, function);
        }
        return isMeasured(text, function)
                || literalsFit(text, function, room, check)
                || isReceived(text, function, check);
    }

    private static boolean isMeasured(Expr text, Function function) {
        Optional<ByteTarget> target = ByteTarget.of(text);
        return target.isEmpty()
                || function.calls()
                        .filter(c -> c.name().equals("strlen") || c.name().equals("strnlen"))
                        .flatMap(c -> c.arguments().stream().limit(1))
                        .anyMatch(a -> BufferUses.isBuffer(a, target.get(), function));
    }

    /** Each caller gives a literal, or a constant text, that is short enough. */
    private static boolean literalsFit(Expr text, Function function, long room, Check check) {
        if (!(text.uncast() instanceof Expr.Var v)) {
            return false;
        }
        Variable variable = v.variable();
        int index = function.parameters().indexOf(variable);
        if (index < 0) {
            Optional<Expr> constant =
                    variable.isStatic()
                            ? variable.declaration().initializer()
                            : onlyStore(variable, function);
            return constant.filter(e -> isShort(e, room)).isPresent();
        }
        List<CallGraph.Site> callers = check.facts().graph().callers(function);
        return !callers.isEmpty()
                && callers.stream()
                        .allMatch(
                                s ->
                                        index < s.call().arguments().size()
                                                && isShort(s.call().arguments().get(index), room));
    }

    private static Optional<Expr> onlyStore(Variable variable, Function function) {
        List<Expr> values = function.storesTo(variable).map(Instr.Store::value).toList();
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private static boolean isShort(Expr e, long room) {
        if (e.uncast() instanceof Expr.Text literal) {
            return literal.length() < room;
        }
        CType type = e.uncast().type();
        return type.isArray() && type.size() > 0 && type.size() <= room;
    }

    /** Data from the network is another rule's matter. */
    private static boolean isReceived(Expr text, Function function, Check check) {
        return check.networkFills().stream()
                .filter(f -> f.function().equals(function) || f.target().variable().isStatic())
                .anyMatch(f -> BufferUses.isBuffer(text, f.target(), function));
    }
}
