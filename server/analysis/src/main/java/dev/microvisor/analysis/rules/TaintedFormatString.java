package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.List;

/** Flags bytes from the network that are used as a printf format. */
public final class TaintedFormatString implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "tainted-format-string",
                    Severity.WARNING,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.DATA);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        TextCalls texts = new TextCalls(check.program());
        List<NetworkFill> fills = check.networkFills();
        for (Function function : check.program().functions()) {
            function.calls().forEach(call -> check(function, call, texts, fills, check));
        }
    }

    private static void check(
            Function function,
            Instr.Call call,
            TextCalls texts,
            List<NetworkFill> fills,
            Check check) {
        int format = texts.formatOf(call);
        if (format < 0 || call.arguments().get(format).uncast() instanceof Expr.Text) {
            return;
        }
        Expr argument = call.arguments().get(format);
        for (NetworkFill fill : fills) {
            boolean before =
                    fill.function().equals(function)
                            ? BufferUses.isAfter(call, fill.call())
                            : fill.target().variable().isStatic();
            if (before && isFrom(argument, fill.target(), function, call)) {
                report(function, call, argument, fill, check);
                return;
            }
        }
    }

    /** The buffer itself, or an array that its text was copied to. */
    private static boolean isFrom(
            Expr argument, ByteTarget buffer, Function function, Instr.Call call) {
        return BufferUses.isBuffer(argument, buffer, function)
                || BufferUses.copies(buffer, function, call).stream()
                        .anyMatch(copy -> BufferUses.isBuffer(argument, copy, function));
    }

    private static void report(
            Function function, Instr.Call call, Expr argument, NetworkFill fill, Check check) {
        SourceRange at = argument.range();
        SourceRange start =
                new SourceRange(
                        at.file(),
                        at.startLine(),
                        at.startColumn(),
                        at.startLine(),
                        at.startColumn());
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                at,
                                "'"
                                        + fill.target().display()
                                        + "' comes from the network and is used as a format")
                        .why(
                                "a '%' in it makes "
                                        + call.name()
                                        + " read arguments that are not there, or write")
                        .help("pass it as an argument: \"%s\"")
                        .note(fill.call().nameRange(), fill.name() + " fills it here");
        report.safeFix("Print it with \"%s\"", start, "\"%s\", ");
        check.report(report);
    }
}
