package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Direction;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.SystemCall;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a program may let time pass, or look at how much has passed: every call of code that is not
 * at hand counts, so that what is left surely goes straight on.
 */
final class Pauses {
    private final Check check;
    private final Map<Function, Boolean> known = new HashMap<>();

    Pauses(Check check) {
        this.check = check;
    }

    boolean isPause(Instr instr) {
        if (instr instanceof Instr.Asm || instr instanceof Instr.Unread) {
            return true;
        }
        return instr instanceof Instr.Call call && isPause(call);
    }

    private boolean isPause(Instr.Call call) {
        var callee = check.program().function(call.callee());
        if (callee.isPresent()) {
            // Printing takes time on a console, but nobody relies on that.
            return !LogCalls.isLog(call, check) && may(callee.get());
        }
        return check.catalog()
                .call(call.callee())
                .map(Pauses::tellsTimeOrSleeps)
                .orElse(!LogCalls.isLog(call, check) && !isBookkeeping(call));
    }

    /** Functions of the C library that only touch memory. */
    private static boolean isBookkeeping(Instr.Call call) {
        return switch (call.name()) {
            case "memcpy", "memcmp", "strcmp", "strncmp", "strcpy", "strncpy" -> true;
            default -> false;
        };
    }

    private static boolean tellsTimeOrSleeps(SystemCall call) {
        return call.group() == Group.POWER
                || call.parameters().stream()
                        .anyMatch(
                                p ->
                                        p.direction() == Direction.OUT
                                                && p.type().equals("uint64_t *"));
    }

    /** True when a function, or what it calls, may take its time. */
    private boolean may(Function function) {
        Boolean answer = known.get(function);
        if (answer != null) {
            return answer;
        }
        // A function that calls itself takes no time by that alone.
        known.put(function, false);
        boolean found =
                !function.loops().isEmpty()
                        || function.instructions().anyMatch(this::isPause)
                        || function.blocks().stream().anyMatch(b -> readsVolatile(b));
        known.put(function, found);
        return found;
    }

    private static boolean readsVolatile(Block block) {
        return block.exit().expressions().stream().anyMatch(Pauses::isVolatile)
                || block.instructions().stream()
                        .filter(Instr.Store.class::isInstance)
                        .anyMatch(i -> isVolatile(((Instr.Store) i).value()));
    }

    static boolean isVolatile(Expr e) {
        return e.walk().anyMatch(p -> p.type().isVolatile());
    }

    /**
     * True when a way leads straight from one instruction to another: past no pause, and past no
     * branch that holds it back until an interrupt sets a variable.
     */
    boolean leadsStraight(Function function, Instr from, Instr to) {
        return Ways.find(
                function,
                from,
                new Ways.Visitor() {
                    @Override
                    public Ways.Step at(Instr instr) {
                        if (instr.equals(to)) {
                            return Ways.Step.FOUND;
                        }
                        return isPause(instr) ? Ways.Step.STOP : Ways.Step.ON;
                    }

                    @Override
                    public Ways.Step at(Block.Exit exit) {
                        return holdsBack(exit, to) ? Ways.Step.STOP : Ways.Step.ON;
                    }
                });
    }

    /** A test of a volatile variable with a way on that comes back to it before the target. */
    private static boolean holdsBack(Block.Exit exit, Instr target) {
        return exit.expressions().stream().anyMatch(Pauses::isVolatile)
                && exit.successors().stream().anyMatch(b -> !reaches(b, target, exit));
    }

    private static boolean reaches(Block from, Instr target, Block.Exit notOver) {
        return Ways.find(
                from,
                new Ways.Visitor() {
                    @Override
                    public Ways.Step at(Instr instr) {
                        return instr.equals(target) ? Ways.Step.FOUND : Ways.Step.ON;
                    }

                    @Override
                    public Ways.Step at(Block.Exit exit) {
                        return exit.equals(notOver) ? Ways.Step.STOP : Ways.Step.ON;
                    }
                });
    }
}
