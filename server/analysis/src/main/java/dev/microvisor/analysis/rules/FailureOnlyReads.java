package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Direction;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.Parameter;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Out-parameters that a function reads only where the call that should have filled them has failed.
 * A value that it also reads elsewhere may well have been set to something good before; one that is
 * asked for and then only read after failures shows that the test is the wrong way round.
 */
final class FailureOnlyReads {
    /** What a path knows of the status. */
    private enum Known {
        NOTHING,
        OKAY,
        FAILED
    }

    /**
     * @param read the first read of the variable after the failure
     */
    record Found(Instr.Call call, Variable variable, SourceRange read) {
        /** True when something is there before the call; all else is looked at along the paths. */
        boolean isFilledBefore() {
            return variable.storage() == Variable.Storage.STATIC_LOCAL
                    || variable.declaration().initialised()
                    || variable.type().isArray();
        }
    }

    /** Where a path has come to. */
    private record Step(Block block, Known known, boolean kept) {}

    private final Function function;
    private final Instr.Call call;
    private final Variable variable;
    private final Check check;
    private final Set<Variable> statuses = new HashSet<>();
    private final Map<SourceRange, Known> reads = new LinkedHashMap<>();
    private boolean onlyFailed = true;

    private FailureOnlyReads(Function function, Instr.Call call, Variable variable, Check check) {
        this.function = function;
        this.call = call;
        this.variable = variable;
        this.check = check;
        function.stores()
                .filter(s -> isResult(s.value()) && s.place() instanceof Expr.Var)
                .forEach(s -> statuses.add(((Expr.Var) s.place()).variable()));
    }

    static List<Found> in(Function function, Check check) {
        List<Found> found = new ArrayList<>();
        for (Instr.Call call : function.calls().toList()) {
            for (Variable variable : filled(call, check)) {
                new FailureOnlyReads(function, call, variable, check).look().ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<SystemCall> contract(Instr.Call call, Check check) {
        return check.program().function(call.callee()).isPresent()
                ? Optional.empty()
                : check.catalog().call(call.callee());
    }

    /** The variables of the function itself that a system call fills when it succeeds. */
    private static List<Variable> filled(Instr.Call call, Check check) {
        List<Variable> filled = new ArrayList<>();
        Optional<SystemCall> contract = contract(call, check).filter(c -> c.deprecated().isEmpty());
        if (contract.isEmpty()) {
            return filled;
        }
        List<Parameter> parameters = contract.get().parameters();
        for (int i = 0; i < Math.min(parameters.size(), call.arguments().size()); i++) {
            if (fills(contract.get(), parameters.get(i))) {
                ByteTarget.of(call.arguments().get(i))
                        .filter(t -> t.path().isEmpty())
                        .map(ByteTarget::variable)
                        .filter(FailureOnlyReads::isOwn)
                        .ifPresent(filled::add);
            }
        }
        return filled;
    }

    private static boolean fills(SystemCall contract, Parameter parameter) {
        return parameter.isPointer()
                && parameter.direction() == Direction.OUT
                && contract.effects().stream()
                        .noneMatch(
                                e ->
                                        e instanceof Effect.Acquires
                                                && e.place().equals(parameter.name()));
    }

    private static boolean isOwn(Variable v) {
        return !v.type().isPointer()
                && (v.storage() == Variable.Storage.STATIC_LOCAL
                        || v.storage() == Variable.Storage.LOCAL);
    }

    private Optional<Found> look() {
        Set<Step> seen = new HashSet<>();
        Deque<Step> open = new ArrayDeque<>();
        Block first = Ways.blockOf(function, call).orElse(null);
        if (first == null) {
            return Optional.empty();
        }
        int after = first.instructions().indexOf(call) + 1;
        follow(new Step(first, Known.NOTHING, true), after, open);
        while (!open.isEmpty() && onlyFailed) {
            Step step = open.pop();
            if (seen.add(step)) {
                follow(step, 0, open);
            }
        }
        if (!onlyFailed || reads.isEmpty() || !reads.keySet().containsAll(allReads())) {
            return Optional.empty();
        }
        return Optional.of(new Found(call, variable, reads.keySet().iterator().next()));
    }

    private void follow(Step step, int from, Deque<Step> open) {
        boolean kept = step.kept();
        List<Instr> instructions = step.block().instructions();
        for (Instr instr : instructions.subList(from, instructions.size())) {
            if (instr.equals(call) || writes(instr)) {
                return;
            }
            onlyFailed &= !(instr instanceof Instr.Unread);
            readsOf(instr).forEach(r -> read(r, step.known()));
            kept &=
                    !(instr instanceof Instr.Store s
                            && s.place() instanceof Expr.Var v
                            && statuses.contains(v.variable())
                            && !isResult(s.value()));
        }
        Block.Exit exit = step.block().exit();
        readsOf(exit.expressions()).forEach(r -> read(r, step.known()));
        if (exit instanceof Block.Exit.Branch branch) {
            open.push(new Step(branch.yes(), known(branch.condition(), true, step, kept), kept));
            open.push(new Step(branch.no(), known(branch.condition(), false, step, kept), kept));
        } else if (exit instanceof Block.Exit.Switch choice && isStatus(choice.value(), kept)) {
            boolean okay = choice.cases().stream().anyMatch(c -> c.low() <= 0 && c.high() >= 0);
            for (Block.Exit.Case c : choice.cases()) {
                boolean zero = c.low() <= 0 && c.high() >= 0;
                open.push(new Step(c.target(), zero ? Known.NOTHING : Known.FAILED, kept));
            }
            open.push(new Step(choice.otherwise(), okay ? Known.FAILED : step.known(), kept));
        } else {
            for (Block next : exit.successors()) {
                open.push(new Step(next, step.known(), kept));
            }
        }
    }

    private void read(SourceRange where, Known known) {
        reads.putIfAbsent(where, known);
        onlyFailed &= known == Known.FAILED;
    }

    /** What one side of a branch says of the status. */
    private Known known(Expr condition, boolean taken, Step step, boolean kept) {
        Expr e = condition.uncast();
        if (e instanceof Expr.Unary not && not.op().equals("!")) {
            return known(not.operand(), !taken, step, kept);
        }
        if (isStatus(e, kept)) {
            return taken ? Known.FAILED : Known.OKAY;
        }
        if (e instanceof Expr.Binary test && (test.op().equals("==") || test.op().equals("!="))) {
            boolean left = isStatus(test.left(), kept);
            Expr other = (left ? test.right() : test.left()).uncast();
            if ((left || isStatus(test.right(), kept)) && other instanceof Expr.Num n) {
                boolean same = test.op().equals("==") == taken;
                if (n.value() == 0) {
                    return same ? Known.OKAY : Known.FAILED;
                }
                return same ? Known.FAILED : step.known();
            }
        }
        return step.known();
    }

    private boolean isStatus(Expr e, boolean kept) {
        return isResult(e)
                || (kept && e.uncast() instanceof Expr.Var v && statuses.contains(v.variable()));
    }

    private boolean isResult(Expr e) {
        return e.uncast() instanceof Expr.Temp t && t.id() == call.result().id();
    }

    /** True for what gives the variable, or its contents, a new value. */
    private boolean writes(Instr instr) {
        if (instr instanceof Instr.Declare declare) {
            return declare.variable().equals(variable);
        }
        if (instr instanceof Instr.Store store) {
            return store.isTo(variable);
        }
        return instr instanceof Instr.Call other
                && (filled(other, check).contains(variable)
                        || (other.name().equals("memset") && isTarget(other)));
    }

    private boolean isTarget(Instr.Call to) {
        return !to.arguments().isEmpty()
                && ByteTarget.of(to.arguments().get(0))
                        .filter(t -> t.variable().equals(variable))
                        .isPresent();
    }

    private List<SourceRange> allReads() {
        List<SourceRange> all = new ArrayList<>();
        for (Block block : function.blocks()) {
            for (Instr instr : block.instructions()) {
                if (!instr.equals(call) && !writes(instr)) {
                    all.addAll(readsOf(instr));
                }
            }
            all.addAll(readsOf(block.exit().expressions()));
        }
        return all;
    }

    private List<SourceRange> readsOf(Instr instr) {
        if (instr instanceof Instr.Store store) {
            List<Expr> read = new ArrayList<>(List.of(store.value()));
            if (store.place() instanceof Expr.Index index) {
                read.add(index.index());
            }
            return readsOf(read);
        }
        return readsOf(
                instr instanceof Instr.Declare declare ? declare.lengths() : instr.expressions());
    }

    private List<SourceRange> readsOf(List<Expr> expressions) {
        return expressions.stream()
                .flatMap(Expr::walk)
                .filter(e -> e instanceof Expr.Var v && v.variable().equals(variable))
                .map(Expr::range)
                .toList();
    }
}
