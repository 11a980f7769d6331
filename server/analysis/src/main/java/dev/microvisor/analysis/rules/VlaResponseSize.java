package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.Optional;

/**
 * Flags memory on the stack whose size the response chooses, when what the receive buffer can hold
 * does not fit the stack of a task that runs the function.
 */
public final class VlaResponseSize implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("vla-response-size", Severity.WARNING, RuleInfo.Tag.DATA);

    /** What the frames above and below take at least: a system call, a log line, an exception. */
    private static final long FRAMES = 512;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        long most =
                ConfigValueOverflow.receiveBuffers(check).stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(-1);
        for (Function function : check.program().functions()) {
            function.instructions().forEach(i -> look(function, i, most, check));
        }
    }

    private static void look(Function function, Instr instr, long most, Check check) {
        if (instr instanceof Instr.Declare declare) {
            for (Expr length : declare.lengths()) {
                report(
                        function,
                        declare.variable().declaration().name(),
                        "'" + declare.variable().name() + "'",
                        length,
                        most,
                        check);
            }
        } else if (instr instanceof Instr.Call call && isStackAllocation(call)) {
            report(function, call.nameRange(), "this memory", call.arguments().get(0), most, check);
        }
    }

    private static boolean isStackAllocation(Instr.Call call) {
        return switch (call.name()) {
            case "alloca", "__builtin_alloca" -> call.arguments().size() == 1;
            default -> false;
        };
    }

    private static void report(
            Function function,
            SourceRange where,
            String what,
            Expr length,
            long most,
            Check check) {
        if (length instanceof Expr.Num) {
            return;
        }
        Optional<TaskStacks.Stack> stack = TaskStacks.smallest(function, check);
        if (stack.isEmpty() || most + FRAMES <= stack.get().bytes()) {
            return;
        }
        Optional<NetworkNumber> number = NetworkNumber.in(length, function, check);
        if (number.isEmpty()) {
            return;
        }
        TaskStacks.Stack small = stack.get();
        check.report(
                Report.of(
                                INFO,
                                function.name(),
                                where,
                                what
                                        + " is as large as the response, up to "
                                        + most
                                        + " bytes, on a stack of "
                                        + small.bytes())
                        .why("a long answer overflows the stack, and the application crashes")
                        .help("read into a static buffer, as much as fits it")
                        .note(
                                number.get().source().call().nameRange(),
                                number.get().source().contract().name()
                                        + " writes "
                                        + number.get().place().display()
                                        + " here")
                        .note(
                                small.task().created().call().nameRange(),
                                small.task().function().name() + " gets its stack here"));
    }
}
