package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.Optional;

/** Flags bytes from the network that are read as a C string though nothing ends them. */
public final class ResponseStringNoNul implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "response-string-no-nul",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.DATA);

    private static final String AS_LONG = "it is exactly as long as the data";

    /** A call that reads the buffer up to a NUL. */
    private record Reader(Function function, Instr.Call call) {}

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        TextCalls texts = new TextCalls(check.program());
        BufferUses uses = new BufferUses(check, texts);
        for (NetworkFill fill : check.networkFills()) {
            Optional<String> fault = fault(fill, check);
            if (fault.isEmpty() || mayBeEnded(fill, uses, check)) {
                continue;
            }
            reader(fill, texts, check)
                    .ifPresent(reader -> check.report(report(fill, fault.get(), reader)));
        }
    }

    /** Why nothing ends the text; empty when something may. */
    private static Optional<String> fault(NetworkFill fill, Check check) {
        ByteTarget buffer = fill.target();
        if (fill.extent() > 0 && fill.size() >= fill.extent()) {
            return Optional.of("the call may fill all " + fill.extent() + " bytes of it");
        }
        Variable variable = buffer.variable();
        if (variable.storage() != Variable.Storage.LOCAL || !buffer.path().isEmpty()) {
            return Optional.empty();
        }
        if (variable.type().isPointer()) {
            return HeapSize.of(variable, fill.function())
                    .filter(size -> isSame(size, fill, check))
                    .map(size -> AS_LONG);
        }
        if (!variable.type().isArray()) {
            return Optional.empty();
        }
        if (isVariableLength(variable.type())) {
            return sameLength(fill, check) || isSizeof(variable, fill, check)
                    ? Optional.of(AS_LONG)
                    : Optional.empty();
        }
        return BufferUses.isZeroed(buffer, fill.function()) || isZeroedInside(fill)
                ? Optional.empty()
                : Optional.of("the call adds none, and the rest of it was never set");
    }

    private static boolean isVariableLength(CType type) {
        return type.plain() instanceof CType.Array array && array.variable();
    }

    private static boolean sameLength(NetworkFill fill, Check check) {
        return fill.function()
                .instructions()
                .filter(Instr.Declare.class::isInstance)
                .map(Instr.Declare.class::cast)
                .filter(d -> d.variable().equals(fill.target().variable()))
                .flatMap(d -> d.lengths().stream())
                .anyMatch(l -> isSame(l, fill, check));
    }

    /** True when the call is given {@code sizeof} the array. */
    private static boolean isSizeof(Variable variable, NetworkFill fill, Check check) {
        return fill.sizeExpr()
                .map(e -> check.text(e.range()).replaceAll("[\\s()]", ""))
                .filter(text -> text.equals("sizeof" + variable.name()))
                .isPresent();
    }

    /** True when a length reads as the size that the call is given does. */
    private static boolean isSame(Expr length, NetworkFill fill, Check check) {
        String size = fill.sizeExpr().map(e -> check.text(e.range()).strip()).orElse("");
        return !size.isEmpty() && check.text(length.range()).strip().equals(size);
    }

    private static boolean mayBeEnded(NetworkFill fill, BufferUses uses, Check check) {
        if (!fill.isDirect() && mayBeEndedInside(fill, uses)) {
            return true;
        }
        if (!fill.target().variable().isStatic()) {
            return uses.mayBeWritten(fill.target(), fill.function(), fill.call());
        }
        return check.program().functions().stream()
                .anyMatch(f -> uses.mayBeWritten(fill.target(), f, fill.call()));
    }

    /** The function that makes the system call may add a NUL itself. */
    private static boolean mayBeEndedInside(NetworkFill fill, BufferUses uses) {
        Function inner = fill.system().function();
        return inner.parameters().stream()
                .filter(p -> p.type().isPointer())
                .anyMatch(
                        p -> uses.mayBeWritten(new ByteTarget(p, ""), inner, fill.system().call()));
    }

    /** The function that makes the system call may empty what it is given first. */
    private static boolean isZeroedInside(NetworkFill fill) {
        Function inner = fill.system().function();
        return !fill.isDirect()
                && inner.parameters().stream()
                        .filter(p -> p.type().isPointer())
                        .map(p -> new ByteTarget(p, ""))
                        .anyMatch(
                                p ->
                                        inner.calls()
                                                .filter(BufferUses::isZeroing)
                                                .map(c -> c.arguments().get(0))
                                                .anyMatch(a -> BufferUses.isBuffer(a, p, inner)));
    }

    private static Optional<Reader> reader(NetworkFill fill, TextCalls texts, Check check) {
        Optional<Reader> here =
                fill.function()
                        .calls()
                        .filter(c -> BufferUses.isAfter(c, fill.call()))
                        .filter(c -> reads(c, fill.target(), fill.function(), texts))
                        .findFirst()
                        .map(c -> new Reader(fill.function(), c));
        if (here.isPresent() || !fill.target().variable().isStatic()) {
            return here;
        }
        for (Function function : check.program().functions()) {
            Optional<Instr.Call> call =
                    function.calls()
                            .filter(c -> reads(c, fill.target(), function, texts))
                            .findFirst();
            if (call.isPresent() && !function.equals(fill.function())) {
                return call.map(c -> new Reader(function, c));
            }
        }
        return Optional.empty();
    }

    private static boolean reads(
            Instr.Call call, ByteTarget buffer, Function function, TextCalls texts) {
        return texts.stringsReadBy(call).stream()
                .anyMatch(e -> BufferUses.isBuffer(e, buffer, function));
    }

    private static Report report(NetworkFill fill, String fault, Reader reader) {
        String name = fill.target().display();
        Report report =
                Report.of(
                                INFO,
                                fill.function().name(),
                                fill.call().nameRange(),
                                "'" + name + "' is read as a string without a NUL: " + fault)
                        .why(
                                "what is received has no terminator; "
                                        + reader.call().name()
                                        + " reads on into what lies behind")
                        .help(
                                "make the buffer one byte longer than the size given and end the"
                                        + " text, or print it with a length (%.*s)")
                        .note(fill.call().nameRange(), fill.name() + " writes it")
                        .note(
                                reader.call().nameRange(),
                                reader.call().name() + " reads it up to a NUL");
        boolean zeroed = BufferUses.isZeroed(fill.target(), fill.function());
        Optional<Expr> size = fill.sizeExpr().filter(e -> fill.size() > 1 && zeroed);
        size.ifPresent(
                e ->
                        report.suggestion(
                                "Keep one byte back for the NUL",
                                new SourceRange(
                                        e.range().file(),
                                        e.range().endLine(),
                                        e.range().endColumn(),
                                        e.range().endLine(),
                                        e.range().endColumn()),
                                " - " + (fill.size() - fill.extent() + 1)));
        return report;
    }
}
