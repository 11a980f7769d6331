package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Flags a system call that another one must have prepared, reached from the program's start before
 * that one on every way. Calls behind a flag that is not set yet do not count.
 */
public final class LogBeforeInit implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "log-before-init",
                    Severity.WARNING,
                    RuleInfo.Tag.CONTROL_FLOW,
                    RuleInfo.Tag.WHOLE_PROGRAM);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** Calls that some path makes although nothing static says that it may. */
    private static final class Seen {
        private final Set<Instr.Call> unguarded = new HashSet<>();

        /** Calls that are made because an earlier one has failed, by the place of that one. */
        private final Map<SourceRange, Set<Instr.Call>> answers = new HashMap<>();
    }

    @Override
    public void onCall(CallSite site, Check check) {
        boolean own = check.program().function(site.call().callee()).isPresent();
        boolean needy = site.contract().filter(c -> needs(c.name(), check)).isPresent();
        if ((own || needy) && !isGuarded(site.state())) {
            check.memory(this, Seen.class, Seen::new).unguarded.add(site.call());
        }
        for (Sym sym : site.state().symbols()) {
            if (sym.kind() == Sym.Kind.STATUS
                    && !site.state().set(sym).contains(0)
                    && needs(sym.call(), check)) {
                check.memory(this, Seen.class, Seen::new)
                        .answers
                        .computeIfAbsent(sym.origin(), k -> new HashSet<>())
                        .add(site.call());
            }
        }
    }

    /** True when a static variable must have changed for the path to get here. */
    private static boolean isGuarded(State state) {
        for (Sym sym : state.symbols()) {
            if (sym.kind() == Sym.Kind.INITIAL) {
                boolean changed =
                        sym.place()
                                .variable()
                                .filter(Variable::isStatic)
                                .map(v -> !state.set(sym).contains(initial(v)))
                                .orElse(false);
                if (changed && sym.place().path().isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long initial(Variable variable) {
        return variable.declaration()
                .initializer()
                .map(Expr::uncast)
                .filter(Expr.Num.class::isInstance)
                .map(e -> ((Expr.Num) e).value())
                .orElse(0L);
    }

    private static boolean needs(String call, Check check) {
        return check.catalog().call(call).filter(c -> !requirements(c).isEmpty()).isPresent();
    }

    private static Set<String> requirements(SystemCall call) {
        Set<String> needed = new TreeSet<>();
        Effects.of(call, Effect.Requires.class).forEach(r -> needed.add(r.call()));
        return needed;
    }

    @Override
    public void checkProgram(Check check) {
        if (!check.program().isWhole()) {
            return;
        }
        Set<String> needed = new TreeSet<>();
        check.catalog().calls().forEach(c -> needed.addAll(requirements(c)));
        for (String first : needed) {
            new Search(first, check).run();
        }
    }

    /** The search for calls that need one certain other call. */
    private final class Search {
        private final String first;
        private final Check check;
        private final Doers preparers;
        private final Doers users;
        private final Seen seen;
        private final Deque<Function> open = new ArrayDeque<>();
        private final Set<Function> entered = new LinkedHashSet<>();
        private final Map<Function, Set<Instr.Call>> early = new HashMap<>();

        Search(String first, Check check) {
            this.first = first;
            this.check = check;
            this.preparers = check.doers(c -> c.name().equals(first));
            this.users = check.doers(c -> requirements(c).contains(first));
            this.seen = check.memory(LogBeforeInit.this, Seen.class, Seen::new);
        }

        void run() {
            check.program().function("main").ifPresent(this::enter);
            while (!open.isEmpty()) {
                follow(open.poll());
            }
            for (Function function : entered) {
                boolean never = preparers.direct().isEmpty();
                for (Instr.Call call : early.getOrDefault(function, Set.of())) {
                    boolean here =
                            never
                                    ? users.is(call)
                                    : leadsToUser(call)
                                            && Ways.find(function, call, i -> prepares(i, call));
                    if (here) {
                        report(function, call, never);
                    }
                }
            }
        }

        private void enter(Function function) {
            if (entered.add(function)) {
                open.add(function);
            }
        }

        /** Notes the calls of a function that no way from its start reaches prepared. */
        private void follow(Function function) {
            Set<Instr.Call> unprepared = new LinkedHashSet<>();
            Set<Instr.Call> prepared = new HashSet<>();
            walk(function, unprepared, prepared);
            unprepared.removeAll(prepared);
            unprepared.retainAll(seen.unguarded);
            early.put(function, unprepared);
            for (Instr.Call call : unprepared) {
                check.program().function(call.callee()).ifPresent(this::enter);
            }
        }

        private void walk(Function function, Set<Instr.Call> not, Set<Instr.Call> prepared) {
            Ways.find(
                    function.entry(),
                    new Ways.Visitor() {
                        @Override
                        public Ways.Step at(Instr instr) {
                            if (instr instanceof Instr.Call call) {
                                not.add(call);
                                if (preparers.may(call) || isWrapperOutOfSight(call)) {
                                    Ways.find(function, call, i -> collect(i, prepared));
                                    return Ways.Step.STOP;
                                }
                            }
                            return Ways.Step.ON;
                        }
                    });
        }

        /** What tells a status and is not here makes some system call: it may be this one. */
        private boolean isWrapperOutOfSight(Instr.Call call) {
            return call.result().type().isEnum("MvStatus")
                    && check.program().function(call.callee()).isEmpty()
                    && check.catalog().call(call.callee()).isEmpty();
        }

        private Ways.Step collect(Instr instr, Set<Instr.Call> to) {
            if (instr instanceof Instr.Call call) {
                to.add(call);
            }
            return Ways.Step.ON;
        }

        /** True for a later preparation that is not the answer to the failure of the call. */
        private Ways.Step prepares(Instr instr, Instr.Call call) {
            return instr instanceof Instr.Call c
                            && preparers.may(c)
                            && !seen.answers.getOrDefault(call.range(), Set.of()).contains(c)
                    ? Ways.Step.FOUND
                    : Ways.Step.ON;
        }

        /** True when the call, or what is called by it before any preparation, is a user. */
        private boolean leadsToUser(Instr.Call call) {
            return leadsToUser(call, new HashSet<>());
        }

        private boolean leadsToUser(Instr.Call call, Set<Function> passed) {
            if (users.is(call)) {
                return true;
            }
            return check.program()
                    .function(call.callee())
                    .filter(passed::add)
                    .map(
                            f ->
                                    early.getOrDefault(f, Set.of()).stream()
                                            .anyMatch(c -> leadsToUser(c, passed)))
                    .orElse(false);
        }

        private void report(Function function, Instr.Call call, boolean never) {
            check.report(
                    Report.of(
                                    INFO,
                                    function.name(),
                                    call.nameRange(),
                                    never
                                            ? call.name() + " is called, and " + first + " never is"
                                            : call.name() + " logs before " + first + " was called")
                            .why(
                                    "the system call answers MV_STATUS_UNAVAILABLE; the message is lost")
                            .help("call " + first + " first"));
        }
    }
}
