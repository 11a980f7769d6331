package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.SystemCall;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Flags a flag that a handler only ever sets and nobody resets. */
public final class IsrFlagSticky implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "isr-flag-sticky",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.INTERRUPTS,
                    RuleInfo.Tag.WHOLE_PROGRAM);

    /** Functions that tell what another one tells. */
    private static final int MAX_CALLS = 3;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        if (!check.program().isWhole()) {
            return;
        }
        SharedVariables shared = SharedVariables.of(check);
        Doers refusable = check.doers(IsrFlagSticky::mayBeBusy);
        for (Slot flag : shared.writtenInHandlers()) {
            if (shared.storesElsewhere(flag).isEmpty()
                    && shared.addressesElsewhere(flag).isEmpty()
                    && onlySetInHandlers(flag, shared, check)) {
                for (Function function : check.program().functions()) {
                    if (!shared.isHandlerCode(function)) {
                        test(function, flag, shared, refusable, check);
                    }
                }
            }
        }
    }

    /** Every store is of one constant that is not 0. */
    private static boolean onlySetInHandlers(Slot flag, SharedVariables shared, Check check) {
        Set<Long> stored = new HashSet<>();
        for (Function function : check.program().functions()) {
            for (Instr instr : (Iterable<Instr>) function.instructions()::iterator) {
                if (instr instanceof Instr.Store s && is(s.place(), flag)) {
                    if (!shared.isHandlerCode(function)
                            || !(s.value().uncast() instanceof Expr.Num n)) {
                        return false;
                    }
                    stored.add(n.value());
                }
            }
        }
        return stored.size() == 1 && !stored.contains(0L);
    }

    private static boolean is(Expr place, Slot flag) {
        return Slot.of(place.uncast()).filter(flag::equals).isPresent();
    }

    /** A test in a loop: it is true for ever after the first time. */
    private static void test(
            Function function, Slot flag, SharedVariables shared, Doers refusable, Check check) {
        for (Block block : function.blocks()) {
            Set<Integer> loop = new HashSet<>();
            function.loops().stream()
                    .filter(l -> l.blocks().contains(block.id()))
                    .forEach(l -> loop.addAll(l.blocks()));
            if (loop.contains(block.id())
                    && block.exit() instanceof Block.Exit.Branch branch
                    && loop.contains(branch.yes().id())
                    && !asksAgain(branch, refusable)) {
                Optional<Read> read =
                        read(branch.condition(), function, flag, check, 0)
                                .filter(r -> isReadIn(loop, branch.condition(), function));
                if (read.filter(r -> !resetsWhole(r.place(), function, loop, check)).isPresent()) {
                    report(function, branch.condition(), read.get(), flag, shared, check);
                    return;
                }
            }
        }
    }

    /** What Microvisor refuses while it is busy has to be asked for again. */
    private static boolean mayBeBusy(SystemCall call) {
        return call.statuses().stream()
                .anyMatch(s -> s.status().equals("MV_STATUS_MICROVISORBUSY"));
    }

    /**
     * True when the flag stands for a restart or a sleep, which ends the loop once it is granted.
     */
    private static boolean asksAgain(Block.Exit.Branch test, Doers refusable) {
        return leadsTo(test.yes(), test, refusable) && !leadsTo(test.no(), test, refusable);
    }

    private static boolean leadsTo(Block from, Block.Exit.Branch test, Doers refusable) {
        return Ways.find(
                from,
                new Ways.Visitor() {
                    @Override
                    public Ways.Step at(Instr instr) {
                        return instr instanceof Instr.Call c && refusable.may(c)
                                ? Ways.Step.FOUND
                                : Ways.Step.ON;
                    }

                    @Override
                    public Ways.Step at(Block.Exit exit) {
                        return exit.equals(test) ? Ways.Step.STOP : Ways.Step.ON;
                    }
                });
    }

    /** Where a test gets the flag: in the test itself, or in a function that tells it. */
    private record Read(Function function, Expr place) {}

    private static Optional<Read> read(
            Expr value, Function function, Slot flag, Check check, int calls) {
        Expr e = value.uncast();
        if (is(e, flag)) {
            return Optional.of(new Read(function, e));
        }
        if (e instanceof Expr.Binary test
                && test.op().equals("!=")
                && test.right().uncast() instanceof Expr.Num zero
                && zero.value() == 0) {
            return read(test.left(), function, flag, check, calls);
        }
        if (e instanceof Expr.Var copy && copy.variable().storage() == Variable.Storage.LOCAL) {
            List<Instr.Store> stores =
                    function.instructions()
                            .filter(Instr.Store.class::isInstance)
                            .map(Instr.Store.class::cast)
                            .filter(s -> isVariable(s.place(), copy))
                            .toList();
            return stores.size() == 1
                            && stores.get(0).op().isEmpty()
                            && !(stores.get(0).value().uncast() instanceof Expr.Var)
                    ? read(stores.get(0).value(), function, flag, check, calls)
                    : Optional.empty();
        }
        return e instanceof Expr.Temp result && calls < MAX_CALLS
                ? told(result, function, flag, check, calls + 1)
                : Optional.empty();
    }

    /** False for the test of a copy that was made before the loop. */
    private static boolean isReadIn(Set<Integer> loop, Expr condition, Function function) {
        return condition
                .walk()
                .filter(Expr.Var.class::isInstance)
                .map(Expr.Var.class::cast)
                .filter(v -> v.variable().storage() == Variable.Storage.LOCAL)
                .filter(v -> !v.type().isPointer())
                .allMatch(
                        v ->
                                loop.stream()
                                        .map(function.blocks()::get)
                                        .flatMap(b -> b.instructions().stream())
                                        .anyMatch(
                                                i ->
                                                        i instanceof Instr.Store s
                                                                && isVariable(s.place(), v)));
    }

    private static boolean isVariable(Expr place, Expr.Var variable) {
        return place instanceof Expr.Var v && v.variable().equals(variable.variable());
    }

    /** A function that returns the flag, whichever way it goes. */
    private static Optional<Read> told(
            Expr.Temp result, Function function, Slot flag, Check check, int calls) {
        Optional<Function> callee =
                function.calls()
                        .filter(c -> c.result().id() == result.id())
                        .findFirst()
                        .flatMap(c -> check.program().function(c.callee()));
        if (callee.isEmpty()) {
            return Optional.empty();
        }
        Optional<Read> read = Optional.empty();
        for (Block block : callee.get().blocks()) {
            // What falls off the end returns nothing.
            if (block.exit() instanceof Block.Exit.Return end && end.value().isPresent()) {
                read = end.value().flatMap(v -> read(v, callee.get(), flag, check, calls));
                if (read.isEmpty()) {
                    return read;
                }
            }
        }
        return read;
    }

    /** True when the loop gives the flag's structure a new value, or hands it to who might. */
    private static boolean resetsWhole(
            Expr flag, Function function, Set<Integer> loop, Check check) {
        if (!(flag.uncast() instanceof Expr.Field field)) {
            return false;
        }
        Optional<CType.Struct> type = field.base().type().struct();
        Set<Function> code = new HashSet<>();
        for (Block block : function.blocks()) {
            if (!loop.contains(block.id())) {
                continue;
            }
            for (Instr instr : block.instructions()) {
                if (writesWhole(instr, type, check)) {
                    return true;
                }
                if (instr instanceof Instr.Call call) {
                    check.program()
                            .function(call.callee())
                            .ifPresent(f -> code.addAll(check.facts().graph().reachable(f)));
                }
            }
        }
        return code.stream()
                .flatMap(Function::instructions)
                .anyMatch(i -> writesWhole(i, type, check));
    }

    private static boolean writesWhole(Instr instr, Optional<CType.Struct> type, Check check) {
        if (instr instanceof Instr.Store store) {
            return store.place().type().struct().filter(s -> isSame(s, type)).isPresent();
        }
        return instr instanceof Instr.Call call
                && check.program().function(call.callee()).isEmpty()
                && call.arguments().stream()
                        .map(Expr::uncast)
                        .anyMatch(
                                a ->
                                        a.type()
                                                .target()
                                                .flatMap(CType::struct)
                                                .filter(s -> isSame(s, type))
                                                .isPresent());
    }

    private static boolean isSame(CType.Struct a, Optional<CType.Struct> b) {
        return b.filter(s -> s.name().equals(a.name()) && s.size() == a.size()).isPresent();
    }

    private static void report(
            Function function,
            Expr condition,
            Read read,
            Slot flag,
            SharedVariables shared,
            Check check) {
        Function writer = shared.writeInHandler(flag).orElseThrow().function();
        boolean here = read.function().equals(function);
        Expr place = here ? condition : read.place();
        String name = check.text(read.place().range());
        Report report =
                Report.of(
                                INFO,
                                read.function().name(),
                                place.range(),
                                "'"
                                        + check.text(place.range())
                                        + "' is "
                                        + (here ? "tested" : "read")
                                        + " here and never reset")
                        .why("after the first notification the test is true in every round")
                        .help("set it to 0 before acting on it")
                        .note(writer.nameRange(), writer.name() + " sets it");
        if (!here) {
            report.note(condition.range(), "tested here in every round");
        }
        boolean truth =
                place.uncast().type().plain() instanceof CType.Int i && i.name().equals("bool");
        String reset = name + " = " + (truth ? "false;" : "0;");
        if (here && name.matches("[\\w.>-]+") && is(condition, flag)) {
            Edits.in(condition.range(), check)
                    .flatMap(e -> e.atBodyStart(condition.range(), reset))
                    .map(e -> Edits.suggestion("Reset it first", e))
                    .ifPresent(report::fix);
        }
        check.report(report);
    }
}
