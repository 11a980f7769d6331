package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import java.util.ArrayList;
import java.util.List;

/** Splits a state by a condition. */
final class Branching {
    /** Statuses that one condition may depend on before the path is split by them. */
    private static final int MAX_FORKS = 4;

    private final Evaluator evaluator;

    Branching(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** One side of a branch. */
    record Way(boolean taken, State state) {}

    /** One case of a switch. */
    record CaseWay(Block target, State state) {}

    List<Way> split(Expr condition, State state) {
        List<Way> ways = new ArrayList<>();
        split(evaluator.value(condition, state), state, ways, 0);
        return ways;
    }

    private static void split(Value raw, State state, List<Way> ways, int forks) {
        Value value = state.settle(raw);
        if (value instanceof Value.Num num) {
            ways.add(new Way(num.value() != 0, state));
        } else if (value instanceof Value.Address || value instanceof Value.FunctionAddress) {
            ways.add(new Way(true, state));
        } else if (value instanceof Value.Truth truth) {
            narrow(truth.sym(), truth.when(), state, ways);
        } else if (value instanceof Value.Symbolic s && s.plus() == 0) {
            narrow(s.sym(), ValueSet.NONZERO, state, ways);
        } else if (value instanceof Value.Pending p && forks < MAX_FORKS) {
            State no = state.copy();
            boolean possible = state.narrow(p.status(), p.when());
            if (possible) {
                split(p.then(), state, ways, forks + 1);
            }
            // Code out of sight may have seen to it that what is missing is not asked for.
            boolean missing = p.otherwise().mayBeUnset() || p.otherwise() instanceof Value.Anything;
            boolean handled = possible && missing && no.isTrusted(p.status());
            if (!handled && no.narrow(p.status(), p.when().complement())) {
                split(p.otherwise(), no, ways, forks + 1);
            }
        } else {
            state.guess();
            ways.add(new Way(true, state.copy()));
            ways.add(new Way(false, state));
        }
    }

    private static void narrow(Sym sym, ValueSet when, State state, List<Way> ways) {
        boolean open = !state.set(sym).within(when) && !state.set(sym).disjoint(when);
        if (open && sym.kind() != Sym.Kind.STATUS) {
            state.guess();
        }
        State no = state.copy();
        if (state.narrow(sym, when)) {
            ways.add(new Way(true, state));
        }
        if (no.narrow(sym, when.complement())) {
            ways.add(new Way(false, no));
        }
    }

    List<CaseWay> split(Block.Exit.Switch choice, State state) {
        List<CaseWay> ways = new ArrayList<>();
        Value value = state.settle(evaluator.value(choice.value(), state));
        boolean status = value.symbol().filter(s -> s.kind() == Sym.Kind.STATUS).isPresent();
        if (!status && !(value instanceof Value.Num)) {
            state.guess();
        }
        State rest = state;
        for (Block.Exit.Case label : choice.cases()) {
            State taken = rest.copy();
            if (value instanceof Value.Num num) {
                if (num.value() >= label.low() && num.value() <= label.high()) {
                    ways.add(new CaseWay(label.target(), taken));
                    return ways;
                }
            } else if (value.symbol().isPresent()) {
                Sym sym = value.symbol().get();
                ValueSet inside =
                        ValueSet.ALL.compare(">=", label.low()).compare("<=", label.high());
                if (taken.narrow(sym, inside)) {
                    ways.add(new CaseWay(label.target(), taken));
                }
                boolean single = label.low() == label.high();
                if (single && !rest.narrow(sym, ValueSet.ALL.without(label.low()))) {
                    return ways;
                }
            } else {
                ways.add(new CaseWay(label.target(), taken));
            }
        }
        ways.add(new CaseWay(choice.otherwise(), rest));
        return ways;
    }
}
