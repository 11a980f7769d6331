package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.List;

/** Flags a system call inside {@code assert}: a build with NDEBUG does not make it. */
public final class SyscallInAssert implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "syscall-in-assert",
                    Severity.WARNING,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.STATUS,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        function.calls()
                .filter(Instr.Call::inAssert)
                .filter(c -> c.origin() != Instr.Origin.HEADER_MACRO)
                .filter(c -> check.catalog().call(c.callee()).isPresent())
                .forEach(call -> report(function, call, check));
    }

    private static void report(Function function, Instr.Call call, Check check) {
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                call.nameRange(),
                                call.name() + " is called inside assert()")
                        .why("with NDEBUG defined, assert() is empty and the call is never made")
                        .help("call it before, and assert its status");
        hoist(function, call, report, check);
        check.report(report);
    }

    /** Only where assert begins a line that begins a statement, and the name is free. */
    private static void hoist(Function function, Instr.Call call, Report report, Check check) {
        String status = call.name() + "_status";
        long same =
                function.calls().filter(Instr.Call::inAssert).filter(c -> named(c, call)).count();
        SourceRange at = call.range();
        String before = text(at, at.startLine(), at.startLine(), at.startColumn(), check);
        String indent = before.substring(0, before.length() - before.stripLeading().length());
        String previous =
                at.startLine() == 0
                        ? ""
                        : text(at, at.startLine() - 1, at.startLine(), 0, check).strip();
        boolean begins = previous.endsWith(";") || previous.endsWith("{") || previous.endsWith("}");
        String asserted = before.strip();
        if (same == 1
                && begins
                && (asserted.equals("assert(") || asserted.equals("assert(("))
                && function.variables().stream().noneMatch(v -> v.name().equals(status))) {
            SourceRange line =
                    new SourceRange(
                            at.file(),
                            at.startLine(),
                            indent.length(),
                            at.startLine(),
                            indent.length());
            String hoisted = "enum MvStatus " + status + " = " + check.text(at) + ";\n" + indent;
            report.fix(
                    new Fix(
                            "Call " + call.name() + " before the assert",
                            true,
                            List.of(new TextEdit(line, hoisted), new TextEdit(at, status))));
        }
    }

    private static boolean named(Instr.Call one, Instr.Call other) {
        return one.name().equals(other.name());
    }

    /** From the start of a line up to a place. */
    private static String text(SourceRange near, int line, int endLine, int end, Check check) {
        return check.text(new SourceRange(near.file(), line, 0, endLine, end));
    }
}
