package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.SystemCall;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The functions that may make a certain kind of system call, themselves or in what they call. */
final class Doers {
    private final Check check;
    private final Predicate<SystemCall> what;
    private final Set<Function> direct = new HashSet<>();
    private final Set<Function> all = new HashSet<>();

    private Doers(Check check, Predicate<SystemCall> what) {
        this.check = check;
        this.what = what;
    }

    static Doers of(Check check, Predicate<SystemCall> what) {
        Doers doers = new Doers(check, what);
        for (Function function : check.program().functions()) {
            if (function.calls().anyMatch(c -> doers.contract(c).filter(what).isPresent())) {
                doers.direct.add(function);
            }
        }
        boolean grown = true;
        doers.all.addAll(doers.direct);
        while (grown) {
            grown = false;
            for (Function function : check.program().functions()) {
                grown |=
                        check.facts().graph().callees(function).stream()
                                        .anyMatch(doers.all::contains)
                                && doers.all.add(function);
            }
        }
        return doers;
    }

    /** The contract of a call; a function of the program with the same name goes first. */
    Optional<SystemCall> contract(Instr.Call call) {
        return check.program().function(call.callee()).isPresent()
                ? Optional.empty()
                : check.catalog().call(call.callee());
    }

    /** True when the call is such a system call. */
    boolean is(Instr.Call call) {
        return contract(call).filter(what).isPresent();
    }

    /** True when the call is or may lead to such a system call. */
    boolean may(Instr.Call call) {
        return is(call)
                || check.program().function(call.callee()).filter(all::contains).isPresent();
    }

    boolean may(Function function) {
        return all.contains(function);
    }

    /** The functions that make the call themselves. */
    Set<Function> direct() {
        return direct;
    }
}
