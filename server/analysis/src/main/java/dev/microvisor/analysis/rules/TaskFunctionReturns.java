package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Flags a task's function that can return. */
public final class TaskFunctionReturns implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("task-function-returns", Severity.WARNING, RuleInfo.Tag.CONTROL_FLOW);

    /** RTOS calls by which a task ends as it should. */
    private static final Set<String> ENDINGS =
            Set.of("vTaskDelete", "osThreadExit", "osThreadTerminate", "vTaskSuspend");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (CallGraph.Task task : check.facts().graph().tasks()) {
            Function function = task.function();
            if (!task.timer() && !check.facts().isNeverReturning(function)) {
                returns(function)
                        .forEach(
                                r ->
                                        check.report(
                                                Report.of(
                                                                INFO,
                                                                function.name(),
                                                                place(function, r),
                                                                "the task's function "
                                                                        + function.name()
                                                                        + " returns here")
                                                        .why(
                                                                "there is nothing to return to:"
                                                                        + " FreeRTOS stops in an"
                                                                        + " assertion or runs into"
                                                                        + " whatever follows")
                                                        .help(
                                                                "go on in the loop, or end the task"
                                                                        + " with osThreadExit() or"
                                                                        + " vTaskDelete(NULL)")
                                                        .note(
                                                                task.created().call().nameRange(),
                                                                "made a task here")));
            }
        }
    }

    /** Returns that control can reach without passing the end of the task. */
    private static List<Block.Exit.Return> returns(Function function) {
        Set<Integer> seen = new HashSet<>();
        Deque<Block> open = new ArrayDeque<>(List.of(function.entry()));
        List<Block.Exit.Return> found = new ArrayList<>();
        while (!open.isEmpty()) {
            Block block = open.pop();
            boolean ends =
                    block.instructions().stream()
                            .anyMatch(i -> i instanceof Instr.Call c && ENDINGS.contains(c.name()));
            if (!seen.add(block.id()) || ends) {
                continue;
            }
            if (block.exit() instanceof Block.Exit.Return r) {
                found.add(r);
            }
            block.exit().successors().forEach(open::push);
        }
        return found;
    }

    /** The end of a function is no statement; its name then stands for it. */
    private static SourceRange place(Function function, Block.Exit.Return r) {
        boolean statement = r.range().startLine() < function.range().endLine();
        return statement && r.range().startLine() > function.range().startLine()
                ? r.range()
                : function.nameRange();
    }
}
