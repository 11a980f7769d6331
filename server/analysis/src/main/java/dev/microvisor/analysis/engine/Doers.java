package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.SystemCall;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The functions that may make a certain kind of system call, themselves or in what they call. */
public final class Doers {
    private final Catalog catalog;
    private final Program program;
    private final Predicate<SystemCall> what;
    private final Set<Function> direct = new HashSet<>();
    private final Set<Function> all = new HashSet<>();

    private Doers(Catalog catalog, Program program, Predicate<SystemCall> what) {
        this.catalog = catalog;
        this.program = program;
        this.what = what;
    }

    public static Doers of(
            Catalog catalog, Program program, CallGraph graph, Predicate<SystemCall> what) {
        Doers doers = new Doers(catalog, program, what);
        for (Function function : program.functions()) {
            if (function.calls().anyMatch(c -> doers.contract(c).filter(what).isPresent())) {
                doers.direct.add(function);
            }
        }
        boolean grown = true;
        doers.all.addAll(doers.direct);
        while (grown) {
            grown = false;
            for (Function function : program.functions()) {
                grown |=
                        graph.callees(function).stream().anyMatch(doers.all::contains)
                                && doers.all.add(function);
            }
        }
        return doers;
    }

    /** The contract of a call; a function of the program with the same name goes first. */
    public Optional<SystemCall> contract(Instr.Call call) {
        return program.function(call.callee()).isPresent()
                ? Optional.empty()
                : catalog.call(call.callee());
    }

    /** True when the call is such a system call. */
    public boolean is(Instr.Call call) {
        return contract(call).filter(what).isPresent();
    }

    /** True when the call is or may lead to such a system call. */
    public boolean may(Instr.Call call) {
        return is(call) || program.function(call.callee()).filter(all::contains).isPresent();
    }

    public boolean may(Function function) {
        return all.contains(function);
    }

    /** The functions that make the call themselves. */
    public Set<Function> direct() {
        return direct;
    }
}
