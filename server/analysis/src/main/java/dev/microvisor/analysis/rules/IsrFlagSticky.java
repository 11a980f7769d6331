package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.HashSet;
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
        for (Slot flag : shared.writtenInHandlers()) {
            if (shared.storesElsewhere(flag).isEmpty()
                    && shared.addressesElsewhere(flag).isEmpty()
                    && onlySetInHandlers(flag, shared, check)) {
                for (Function function : check.program().functions()) {
                    if (!shared.isHandlerCode(function)) {
                        test(function, flag, shared, check);
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
    private static void test(Function function, Slot flag, SharedVariables shared, Check check) {
        for (Block block : function.blocks()) {
            Set<Integer> loop = new HashSet<>();
            function.loops().stream()
                    .filter(l -> l.blocks().contains(block.id()))
                    .forEach(l -> loop.addAll(l.blocks()));
            if (loop.contains(block.id())
                    && block.exit() instanceof Block.Exit.Branch branch
                    && is(branch.condition(), flag)
                    && loop.contains(branch.yes().id())
                    && !resetsWhole(branch.condition(), function, loop, check)) {
                report(function, branch.condition(), flag, shared, check);
                return;
            }
        }
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
            Function function, Expr condition, Slot flag, SharedVariables shared, Check check) {
        Function writer = shared.writeInHandler(flag).orElseThrow().function();
        String name = check.text(condition.range());
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                condition.range(),
                                "'" + name + "' is tested here and never reset")
                        .why("after the first notification the test is true in every round")
                        .help("set it to 0 before acting on it")
                        .note(writer.nameRange(), writer.name() + " sets it");
        boolean truth =
                condition.uncast().type().plain() instanceof CType.Int i && i.name().equals("bool");
        String reset = name + " = " + (truth ? "false;" : "0;");
        if (name.matches("[\\w.>-]+")) {
            Edits.in(condition.range(), check)
                    .flatMap(e -> e.atBodyStart(condition.range(), reset))
                    .map(e -> Edits.suggestion("Reset it first", e))
                    .ifPresent(report::fix);
        }
        check.report(report);
    }
}
