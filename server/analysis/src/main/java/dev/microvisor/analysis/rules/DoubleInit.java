package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Flags memory that is handed to Microvisor a second time: an initialisation that is bound to run
 * twice, or one ring for two centres.
 */
public final class DoubleInit implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "double-init",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.HANDLES);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** What earlier initialisations had said where calls were come to. */
    private static final class Seen {
        private final Set<Instr.Call> afterFailure = new HashSet<>();
        private final Set<Instr.Call> afterSuccess = new HashSet<>();

        /** True when it is made because an earlier initialisation has failed. */
        boolean isRetry(Instr.Call call) {
            return afterFailure.contains(call) && !afterSuccess.contains(call);
        }
    }

    @Override
    public void onCall(CallSite site, Check check) {
        for (Sym sym : site.state().symbols()) {
            ValueSet status = site.state().set(sym);
            if (sym.kind() == Sym.Kind.STATUS
                    && (!status.contains(0) || status.isOnly(0))
                    && check.catalog().call(sym.call()).filter(DoubleInit::isInit).isPresent()) {
                Seen seen = check.memory(this, Seen.class, Seen::new);
                (status.contains(0) ? seen.afterSuccess : seen.afterFailure).add(site.call());
            }
        }
    }

    /** A call that keeps memory for good. */
    private static boolean isInit(SystemCall call) {
        return Effects.of(call, Effect.Borrows.class).anyMatch(b -> b.until().isEmpty());
    }

    @Override
    public void checkProgram(Check check) {
        for (SystemCall call : check.catalog().calls()) {
            if (isInit(call)) {
                inits(call, check);
            }
        }
        rings(check);
    }

    private void inits(SystemCall init, Check check) {
        Doers doers = check.doers(c -> c.name().equals(init.name()));
        if (doers.direct().isEmpty()) {
            return;
        }
        Certain certain = new Certain(doers, check);
        Seen seen = check.memory(this, Seen.class, Seen::new);
        for (Function function : check.program().functions()) {
            if (doers.may(function)) {
                List<Instr.Call> calls = function.calls().filter(certain::does).toList();
                for (Instr.Call second : calls) {
                    calls.stream()
                            .filter(first -> !first.equals(second) && !seen.isRetry(second))
                            .filter(first -> Inevitable.follows(function, first, second))
                            .findFirst()
                            .ifPresent(first -> report(function, first, second, init, check));
                }
            }
        }
        tasks(init, certain, check);
    }

    /** The program's start initialises, and a task does again. */
    private static void tasks(SystemCall init, Certain certain, Check check) {
        Optional<Function> main = check.program().function("main");
        Optional<Instr.Call> first =
                main.flatMap(m -> m.calls().filter(certain::does).findFirst())
                        .filter(c -> check.program().isWhole());
        if (first.isEmpty()) {
            return;
        }
        for (CallGraph.Task task : check.facts().graph().tasks()) {
            if (task.created().caller().equals(task.function())
                    || !Inevitable.isFirst(main.get(), first.get())) {
                continue;
            }
            task.function()
                    .calls()
                    .filter(certain::does)
                    .filter(c -> Inevitable.isFirst(task.function(), c))
                    .findFirst()
                    .ifPresent(c -> report(task.function(), first.get(), c, init, check));
        }
    }

    private static void report(
            Function function, Instr.Call first, Instr.Call second, SystemCall init, Check check) {
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                second.nameRange(),
                                (second.name().equals(init.name())
                                                ? init.name() + " is called"
                                                : second.name() + " calls " + init.name())
                                        + " a second time")
                        .why("Microvisor is using the memory of the first call already")
                        .help("initialise once, where the program starts")
                        .note(first.nameRange(), "initialised here");
        // A function that does more than this is still needed.
        second.statement()
                .filter(st -> second.name().equals(init.name()))
                .flatMap(st -> Edits.in(st, check).flatMap(e -> e.remove(st)))
                .map(e -> Edits.suggestion("Remove the second call", e))
                .ifPresent(report::fix);
        check.report(report);
    }

    /** Two centres on one ring; a program that closes centres may do so in between. */
    private static void rings(Check check) {
        Doers closers = check.doers(c -> Effects.releases(c, Centre.RESOURCE));
        if (!closers.direct().isEmpty()) {
            return;
        }
        Map<Place, Facts.SystemCallFact> owners = new HashMap<>();
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            for (Effect effect : fact.contract().effects()) {
                if (effect instanceof Effect.Borrows b && b.until().equals(Centre.RESOURCE)) {
                    fact.places()
                            .getOrDefault(b.place(), Value.UNKNOWN)
                            .target()
                            .filter(p -> p.variable().filter(Variable::isStatic).isPresent())
                            .map(DoubleInit::whole)
                            .ifPresent(p -> ring(p, fact, owners, check));
                }
            }
        }
    }

    /** {@code ring} and {@code &ring[0]} are one place. */
    private static Place whole(Place place) {
        return place.path().endsWith("[0]")
                ? new Place(
                        place.root(),
                        place.path().substring(0, place.path().length() - "[0]".length()))
                : place;
    }

    private static void ring(
            Place ring,
            Facts.SystemCallFact fact,
            Map<Place, Facts.SystemCallFact> owners,
            Check check) {
        Facts.SystemCallFact first = owners.putIfAbsent(ring, fact);
        if (first != null) {
            check.report(
                    Report.of(
                                    INFO,
                                    fact.function().name(),
                                    fact.call().nameRange(),
                                    "'"
                                            + ring.display()
                                            + "' is the ring of another centre already")
                            .why("the second call answers MV_STATUS_BUFFERALREADYINUSE")
                            .help("give each centre its own ring")
                            .note(first.call().nameRange(), "handed over here"));
        }
    }

    /** Which calls are bound to make a system call, whatever their way. */
    private static final class Certain {
        private final Doers doers;
        private final Check check;
        private final Set<Function> functions = new HashSet<>();

        Certain(Doers doers, Check check) {
            this.doers = doers;
            this.check = check;
            boolean grown = true;
            while (grown) {
                grown = false;
                for (Function function : check.program().functions()) {
                    grown |= doers.may(function) && always(function) && functions.add(function);
                }
            }
        }

        private static boolean returns(Function function) {
            return Ways.find(
                    function.entry(),
                    new Ways.Visitor() {
                        @Override
                        public Ways.Step at(Instr instr) {
                            return Ways.Step.ON;
                        }

                        @Override
                        public Ways.Step at(Block.Exit exit) {
                            return exit instanceof Block.Exit.Return
                                    ? Ways.Step.FOUND
                                    : Ways.Step.ON;
                        }
                    });
        }

        boolean does(Instr.Call call) {
            return doers.is(call)
                    || check.program()
                            .function(call.callee())
                            .filter(functions::contains)
                            .isPresent();
        }

        /** True when it returns at all, and then never without the call. */
        private boolean always(Function function) {
            return returns(function)
                    && !Ways.find(
                            function.entry(),
                            new Ways.Visitor() {
                                @Override
                                public Ways.Step at(Instr instr) {
                                    return instr instanceof Instr.Call c && does(c)
                                            ? Ways.Step.STOP
                                            : Ways.Step.ON;
                                }

                                @Override
                                public Ways.Step at(Block.Exit exit) {
                                    return exit instanceof Block.Exit.Return
                                            ? Ways.Step.FOUND
                                            : Ways.Step.ON;
                                }
                            });
        }
    }
}
