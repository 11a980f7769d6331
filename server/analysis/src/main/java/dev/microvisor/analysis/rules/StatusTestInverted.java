package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.FunctionExit;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.Tier;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Flags tests of a status that are the wrong way round: the program stops, or gives up as it does
 * where other calls fail, where the call has worked; or it reports the status there and only there.
 */
public final class StatusTestInverted implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "status-test-inverted",
                    Severity.WARNING,
                    RuleInfo.Tag.STATUS,
                    RuleInfo.Tag.WHOLE_PROGRAM);

    /** Blocks of an endless loop without content. */
    private static final int MAX_IDLE = 4;

    /** CMSIS-Core's function: a program that restarts has not failed. */
    private static final Set<String> RESTARTS = Set.of("NVIC_SystemReset", "__NVIC_SystemReset");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** What the results of the program's functions mean, as the paths show it. */
    private static final class Meanings {
        private final Map<Function, Set<StatusWalk.Meaning>> seen = new HashMap<>();
        private final Map<Function, EnumSet<StatusWalk.Known>> sides = new HashMap<>();

        void add(FunctionExit exit) {
            StatusWalk.Known known = known(exit.state());
            Value result = exit.result();
            if (result instanceof Value.Truth t && t.sym().kind() == Sym.Kind.STATUS) {
                boolean zero = t.when().contains(0);
                if (zero == t.when().isOnly(0)) {
                    means(exit, StatusWalk.Known.OKAY, !zero);
                    means(exit, StatusWalk.Known.FAILED, zero);
                }
            } else if (result.symbol().filter(s -> s.kind() == Sym.Kind.STATUS).isPresent()) {
                means(exit, StatusWalk.Known.OKAY, true);
                means(exit, StatusWalk.Known.FAILED, false);
            } else if (known != StatusWalk.Known.NOTHING && result.number().isPresent()) {
                means(exit, known, result.number().get() == 0);
            }
        }

        private void means(FunctionExit exit, StatusWalk.Known known, boolean zero) {
            boolean zeroIsOkay = (known == StatusWalk.Known.OKAY) == zero;
            seen.computeIfAbsent(exit.function(), f -> EnumSet.noneOf(StatusWalk.Meaning.class))
                    .add(
                            zeroIsOkay
                                    ? StatusWalk.Meaning.ZERO_IS_OKAY
                                    : StatusWalk.Meaning.ZERO_IS_FAILURE);
            sides.computeIfAbsent(exit.function(), f -> EnumSet.noneOf(StatusWalk.Known.class))
                    .add(known);
        }

        /** Of all statuses that a path has tested. */
        private static StatusWalk.Known known(State state) {
            StatusWalk.Known known = StatusWalk.Known.NOTHING;
            for (Sym sym : state.symbols()) {
                if (sym.kind() == Sym.Kind.STATUS) {
                    if (state.set(sym).disjoint(ValueSet.ZERO)) {
                        return StatusWalk.Known.FAILED;
                    }
                    known = state.set(sym).isOnly(0) ? StatusWalk.Known.OKAY : known;
                }
            }
            return known;
        }

        /** Empty when the result means different things, or is only known one way. */
        Optional<StatusWalk.Meaning> of(Function function) {
            Set<StatusWalk.Meaning> all = seen.getOrDefault(function, Set.of());
            return all.size() == 1 && sides.get(function).size() == 2
                    ? all.stream().findFirst()
                    : Optional.empty();
        }
    }

    @Override
    public void onReturn(FunctionExit exit, Check check) {
        check.memory(this, Meanings.class, Meanings::new).add(exit);
    }

    @Override
    public void checkProgram(Check check) {
        Meanings meanings = check.memory(this, Meanings.class, Meanings::new);
        Doers doers = check.doers(c -> c.group() != Group.LOGGING);
        Set<Expr> enabled = new HashSet<>();
        EnabledInterrupts.of(check).all().forEach(e -> enabled.add(e.number()));
        for (Function function : check.program().functions()) {
            Map<Instr.Call, Sides> all = new HashMap<>();
            for (Instr.Call call : function.calls().toList()) {
                meaning(call, meanings, check)
                        .ifPresent(m -> all.put(call, new Sides(function, call, m, doers, check)));
            }
            all.forEach(
                    (call, sides) -> {
                        if (sides.stopsWhereOkay()) {
                            check.report(
                                    report(
                                            function,
                                            call,
                                            "the program stops where "
                                                    + call.name()
                                                    + " has worked, and goes on where it has"
                                                    + " failed"));
                        } else if (sides.givesUpWhereOkay(all)) {
                            check.report(
                                    report(
                                            function,
                                            call,
                                            function.name()
                                                    + " gives up where "
                                                    + call.name()
                                                    + " has worked, and goes on where it has"
                                                    + " failed"));
                        } else if (sides.enablesWhereFailed(enabled)) {
                            check.report(
                                    report(
                                            function,
                                            call,
                                            "the interrupt is only enabled where "
                                                    + call.name()
                                                    + " has failed"));
                        } else if (sides.reportsWhereOkay()) {
                            check.report(
                                    report(
                                                    function,
                                                    call,
                                                    "the status of "
                                                            + call.name()
                                                            + " is only reported where it has"
                                                            + " worked")
                                            .severity(Severity.NOTE));
                        }
                    });
        }
    }

    private static Report report(Function function, Instr.Call call, String message) {
        return Report.of(INFO, function.name(), call.nameRange(), message)
                .why("the test of the status looks as if it were the wrong way round")
                .help("turn the test round, or say where it has failed");
    }

    private static Optional<StatusWalk.Meaning> meaning(
            Instr.Call call, Meanings meanings, Check check) {
        Optional<Function> callee = check.program().function(call.callee());
        if (callee.isPresent()) {
            // What an object means as a truth its class decides.
            return meanings.of(callee.get())
                    .filter(m -> callee.get().result().struct().isEmpty())
                    .filter(m -> check.facts().statusResult(callee.get()).isPresent());
        }
        // Who puts the device to sleep or restarts it has nothing more to do.
        return check.catalog()
                .call(call.callee())
                .filter(c -> c.group() != Group.POWER)
                .map(c -> StatusWalk.Meaning.ZERO_IS_OKAY);
    }

    /** What a function does where a call has worked, and where it has failed. */
    private static final class Sides implements StatusWalk.Visitor {
        private final Function function;
        private final Instr.Call call;
        private final Doers doers;
        private final Check check;
        private final StatusWalk walk;
        private final Map<StatusWalk.Known, Set<Instr>> steps = new HashMap<>();
        private final Map<StatusWalk.Known, Set<Block.Exit>> exits = new HashMap<>();
        private final Set<StatusWalk.Known> stops = EnumSet.noneOf(StatusWalk.Known.class);
        private final Set<Instr> reads = new HashSet<>();
        private final Set<Block.Exit> readingExits = new HashSet<>();
        private final Set<Instr> reports = new LinkedHashSet<>();

        Sides(
                Function function,
                Instr.Call call,
                StatusWalk.Meaning meaning,
                Doers doers,
                Check check) {
            this.function = function;
            this.call = call;
            this.doers = doers;
            this.check = check;
            for (StatusWalk.Known known : StatusWalk.Known.values()) {
                steps.put(known, new LinkedHashSet<>());
                exits.put(known, new LinkedHashSet<>());
            }
            this.walk = new StatusWalk(function, call, meaning);
            walk.walk(this);
        }

        @Override
        public boolean at(Instr instr, StatusWalk.Step step) {
            steps.get(step.known()).add(instr);
            if (read(instr).anyMatch(e -> walk.reads(e, step.kept()))) {
                reads.add(instr);
            }
            if (!(instr instanceof Instr.Call other)) {
                return true;
            }
            if (isReport(other, step.kept())) {
                reports.add(other);
            }
            Optional<Function> callee = check.program().function(other.callee());
            if (callee.isEmpty()) {
                return true;
            }
            if (check.facts().isNeverReturning(callee.get())) {
                if (isStop(callee.get())) {
                    stops.add(step.known());
                }
                return false;
            }
            return !isAsserted(other, callee.get(), step);
        }

        /** A variable that is stored to is not read. */
        private static Stream<Expr> read(Instr instr) {
            return instr instanceof Instr.Store s
                            && s.op().isEmpty()
                            && s.place() instanceof Expr.Var
                    ? Stream.of(s.value())
                    : instr.expressions().stream();
        }

        /** True when a function that demands the opposite of its argument ends the way. */
        private boolean isAsserted(Instr.Call other, Function callee, StatusWalk.Step step) {
            for (Map.Entry<Integer, ValueSet> demand : check.facts().asserted(callee).entrySet()) {
                if (demand.getKey() < other.arguments().size() && !demand.getValue().contains(0)) {
                    Expr given = other.arguments().get(demand.getKey());
                    StatusWalk.Known told = walk.told(given, step.kept());
                    if (told != StatusWalk.Known.NOTHING) {
                        reads.add(other);
                    }
                    if (told == StatusWalk.Known.FAILED && step.known() == StatusWalk.Known.OKAY) {
                        stops.add(step.known());
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public void at(Block.Exit exit, StatusWalk.Step step) {
            exits.get(step.known()).add(exit);
            if (isIdle(step.block())) {
                stops.add(step.known());
            }
            if (exit.expressions().stream().anyMatch(e -> walk.reads(e, step.kept()))) {
                readingExits.add(exit);
            }
        }

        /** True for a block that only leads to itself. */
        private static boolean isIdle(Block block) {
            Block at = block;
            for (int i = 0; i < MAX_IDLE && at.instructions().isEmpty(); i++) {
                if (!(at.exit() instanceof Block.Exit.Goto to)) {
                    return false;
                }
                at = to.target();
                if (at.equals(block)) {
                    return true;
                }
            }
            return false;
        }

        /** An error handler: it says something at most, and does not restart anything. */
        private boolean isStop(Function callee) {
            return !doers.may(callee)
                    && check.facts().graph().reachable(callee).stream()
                            .flatMap(Function::calls)
                            .noneMatch(c -> RESTARTS.contains(c.name()));
        }

        /** A call that prints the status. */
        private boolean isReport(Instr.Call other, boolean kept) {
            boolean given = other.arguments().stream().anyMatch(a -> walk.isResult(a, kept));
            return given && LogCalls.isLog(other, check);
        }

        private Set<Instr> only(StatusWalk.Known known, StatusWalk.Known other) {
            Set<Instr> only = new LinkedHashSet<>(steps.get(known));
            only.removeAll(steps.get(other));
            return only;
        }

        private boolean returns(StatusWalk.Known known) {
            return exits.get(known).stream().anyMatch(Block.Exit.Return.class::isInstance);
        }

        boolean stopsWhereOkay() {
            boolean goesOn =
                    returns(StatusWalk.Known.FAILED)
                            || steps.get(StatusWalk.Known.FAILED).stream()
                                    .anyMatch(i -> i instanceof Instr.Call c && doers.may(c));
            return stops.contains(StatusWalk.Known.OKAY)
                    && !returns(StatusWalk.Known.OKAY)
                    && goesOn
                    && steps.get(StatusWalk.Known.OKAY).stream()
                            .noneMatch(i -> i instanceof Instr.Call c && !isLast(c));
        }

        /** What comes before the end: a report, or the error handler. */
        private boolean isLast(Instr.Call other) {
            return LogCalls.isLog(other, check)
                    || check.program()
                            .function(other.callee())
                            .filter(f -> check.facts().isNeverReturning(f) && isStop(f))
                            .isPresent();
        }

        /** The only number that is returned on one side; empty when it is another, or unknown. */
        private Optional<Long> result(StatusWalk.Known known) {
            Set<Long> numbers = new HashSet<>();
            for (Block.Exit exit : exits.get(known)) {
                if (exit instanceof Block.Exit.Return ret) {
                    Optional<Long> number =
                            ret.value()
                                    .filter(e -> e.uncast() instanceof Expr.Num)
                                    .map(e -> ((Expr.Num) e.uncast()).value());
                    if (number.isEmpty()) {
                        return number;
                    }
                    numbers.add(number.get());
                }
            }
            return numbers.size() == 1 ? numbers.stream().findFirst() : Optional.empty();
        }

        /**
         * Where the call has worked nothing is done, and the result is what the function returns
         * where another call has failed; where it has failed that other call is still made, or the
         * result is the opposite.
         */
        boolean givesUpWhereOkay(Map<Instr.Call, Sides> all) {
            Optional<Long> given = result(StatusWalk.Known.OKAY);
            if (given.isEmpty() || !isIdleWhereOkay() || !isMustCheck()) {
                return false;
            }
            boolean opposite =
                    result(StatusWalk.Known.FAILED)
                            .filter(n -> (n == 0) != (given.get() == 0))
                            .isPresent();
            return all.entrySet().stream()
                    .filter(e -> !e.getKey().equals(call))
                    .filter(
                            e ->
                                    opposite
                                            || steps.get(StatusWalk.Known.FAILED)
                                                    .contains(e.getKey()))
                    .anyMatch(e -> e.getValue().tellsFailureBy(given.get()));
        }

        private boolean isIdleWhereOkay() {
            return steps.get(StatusWalk.Known.OKAY).stream()
                    .noneMatch(
                            i ->
                                    i instanceof Instr.Store
                                            || (i instanceof Instr.Call c
                                                    && !LogCalls.isLog(c, check)));
        }

        /** Who asks for what may well not be there can go on when it is not. */
        private boolean isMustCheck() {
            return check.program().function(call.callee()).isPresent()
                    || check.catalog()
                            .call(call.callee())
                            .filter(c -> c.tier() == Tier.MUST_CHECK)
                            .isPresent();
        }

        /** The result that means a failure of this call: 0, or something else. */
        private boolean tellsFailureBy(long given) {
            boolean zero = given == 0;
            return result(StatusWalk.Known.FAILED).filter(n -> (n == 0) == zero).isPresent()
                    && result(StatusWalk.Known.OKAY).filter(n -> (n == 0) == zero).isEmpty();
        }

        /** Of a notification centre that could not be made. */
        boolean enablesWhereFailed(Set<Expr> enabled) {
            return check.program().function(call.callee()).isEmpty()
                    && check.catalog()
                            .call(call.callee())
                            .filter(c -> Effects.acquires(c, Centre.RESOURCE))
                            .isPresent()
                    && only(StatusWalk.Known.FAILED, StatusWalk.Known.OKAY).stream()
                            .flatMap(i -> i.expressions().stream())
                            .anyMatch(enabled::contains)
                    && steps.get(StatusWalk.Known.OKAY).stream()
                            .flatMap(i -> i.expressions().stream())
                            .noneMatch(enabled::contains);
        }

        boolean reportsWhereOkay() {
            Set<Instr> okay = only(StatusWalk.Known.OKAY, StatusWalk.Known.FAILED);
            Set<Instr> failed = only(StatusWalk.Known.FAILED, StatusWalk.Known.OKAY);
            boolean tested = !exits.get(StatusWalk.Known.FAILED).isEmpty();
            Set<Block.Exit> ends = new HashSet<>(exits.get(StatusWalk.Known.FAILED));
            ends.removeAll(exits.get(StatusWalk.Known.OKAY));
            return tested
                    && reports.stream().anyMatch(okay::contains)
                    && steps.get(StatusWalk.Known.NOTHING).stream().noneMatch(reports::contains)
                    && failed.stream().noneMatch(reads::contains)
                    && ends.stream().noneMatch(readingExits::contains)
                    && isUnderstood();
        }

        /** Nothing that could not be read stands between. */
        private boolean isUnderstood() {
            return function.instructions().noneMatch(Instr.Unread.class::isInstance);
        }
    }
}
