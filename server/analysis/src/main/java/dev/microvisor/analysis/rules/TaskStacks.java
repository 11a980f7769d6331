package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How much stack the RTOS gives to a task, as the call that creates the task says. */
final class TaskStacks {
    /** FreeRTOS counts a stack in words. */
    private static final int WORD = 4;

    /** Field of CMSIS-RTOS2's {@code osThreadAttr_t}. */
    private static final String SIZE_FIELD = ".stack_size";

    private static final int ARGUMENT = 2;

    private TaskStacks() {}

    /** The task with the smallest stack that runs a function; empty when no size is known. */
    static Optional<Stack> smallest(Function function, Check check) {
        CallGraph graph = check.facts().graph();
        Stack least = null;
        for (CallGraph.Task task : graph.tasks()) {
            if (!task.timer() && graph.reachable(task.function()).contains(function)) {
                OptionalLong bytes = bytes(task.created());
                if (bytes.isPresent() && (least == null || bytes.getAsLong() < least.bytes())) {
                    least = new Stack(task, bytes.getAsLong());
                }
            }
        }
        return Optional.ofNullable(least);
    }

    /** A task and the size of its stack. */
    record Stack(CallGraph.Task task, long bytes) {}

    private static OptionalLong bytes(CallGraph.Site created) {
        List<Expr> arguments = created.call().arguments();
        if (arguments.size() <= ARGUMENT) {
            return OptionalLong.empty();
        }
        Expr argument = arguments.get(ARGUMENT).uncast();
        return switch (created.call().name()) {
            case "osThreadNew" -> attribute(argument, created.caller());
            case "xTaskCreate", "xTaskCreateStatic" ->
                    argument instanceof Expr.Num words && words.value() > 0
                            ? OptionalLong.of(words.value() * WORD)
                            : OptionalLong.empty();
            default -> OptionalLong.empty();
        };
    }

    private static OptionalLong attribute(Expr argument, Function function) {
        if (!(argument instanceof Expr.AddressOf address
                && address.place() instanceof Expr.Var v)) {
            return OptionalLong.empty();
        }
        Variable variable = v.variable();
        Optional<Expr> initializer =
                variable.isStatic()
                        ? variable.declaration().initializer()
                        : function.stores()
                                .filter(Instr.Store::declaration)
                                .filter(s -> s.isTo(variable))
                                .map(Instr.Store::value)
                                .findFirst();
        return initializer
                .filter(Expr.Aggregate.class::isInstance)
                .map(e -> ((Expr.Aggregate) e).entries())
                .orElse(List.of())
                .stream()
                .filter(e -> e.path().equals(SIZE_FIELD))
                .map(e -> e.value().uncast())
                .filter(Expr.Num.class::isInstance)
                .mapToLong(e -> ((Expr.Num) e).value())
                .filter(size -> size > 0)
                .findFirst();
    }
}
