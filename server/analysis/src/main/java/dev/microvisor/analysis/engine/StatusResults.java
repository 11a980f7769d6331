package dev.microvisor.analysis.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells whether a function's result says how a system call went. */
final class StatusResults {
    private StatusResults() {}

    /** The call whose outcome the result tells. */
    static Optional<String> call(List<FunctionRun.End> ends) {
        for (FunctionRun.End end : ends) {
            Optional<String> direct = direct(end.result());
            if (direct.isPresent()) {
                return direct;
            }
        }
        return byConstants(ends);
    }

    private static Optional<String> direct(Value result) {
        if (result instanceof Value.Symbolic s && s.sym().kind() == Sym.Kind.STATUS) {
            return Optional.of(s.sym().call());
        }
        if (result instanceof Value.Truth t && t.sym().kind() == Sym.Kind.STATUS) {
            return Optional.of(t.sym().call());
        }
        return Optional.empty();
    }

    /** One number after success and never the same number after failure. */
    private static Optional<String> byConstants(List<FunctionRun.End> ends) {
        Map<Sym, ValueSet> succeeded = new HashMap<>();
        Map<Sym, ValueSet> failed = new HashMap<>();
        for (FunctionRun.End end : ends) {
            Optional<Long> number = end.result().number();
            if (number.isEmpty()) {
                continue;
            }
            ValueSet result = ValueSet.of(number.get());
            end.state()
                    .sets()
                    .forEach(
                            (sym, set) -> {
                                if (sym.kind() != Sym.Kind.STATUS) {
                                    return;
                                }
                                if (set.isOnly(0)) {
                                    succeeded.merge(sym, result, ValueSet::or);
                                } else if (!set.contains(0)) {
                                    failed.merge(sym, result, ValueSet::or);
                                }
                            });
        }
        for (Map.Entry<Sym, ValueSet> ok : succeeded.entrySet()) {
            ValueSet bad = failed.get(ok.getKey());
            if (bad != null && bad.disjoint(ok.getValue())) {
                return Optional.of(ok.getKey().call());
            }
        }
        return Optional.empty();
    }
}
