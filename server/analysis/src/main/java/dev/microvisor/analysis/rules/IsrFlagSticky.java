package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.HashSet;
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
            if (shared.storesElsewhere(flag).isEmpty() && onlySetInHandlers(flag, shared, check)) {
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
                if (instr instanceof Instr.Store s
                        && Slot.of(s.place()).filter(flag::equals).isPresent()) {
                    if (!shared.isHandlerCode(function) || !(s.value() instanceof Expr.Num n)) {
                        return false;
                    }
                    stored.add(n.value());
                }
            }
        }
        return stored.size() == 1 && !stored.contains(0L);
    }

    /** A test in a loop: it is true for ever after the first time. */
    private static void test(Function function, Slot flag, SharedVariables shared, Check check) {
        for (Block block : function.blocks()) {
            boolean inLoop =
                    function.loops().stream().anyMatch(l -> l.blocks().contains(block.id()));
            if (inLoop
                    && block.exit() instanceof Block.Exit.Branch branch
                    && Slot.of(branch.condition().uncast()).filter(flag::equals).isPresent()
                    && staysInLoop(function, branch.yes())) {
                Function writer = shared.storeInHandler(flag).orElseThrow().function();
                String name = check.text(branch.condition().uncast().range());
                Report report =
                        Report.of(
                                        INFO,
                                        function.name(),
                                        branch.condition().range(),
                                        "'" + name + "' is tested here and never reset")
                                .why("after the first notification the test is true in every round")
                                .help("set it to 0 before acting on it")
                                .note(writer.nameRange(), writer.name() + " sets it");
                boolean truth =
                        branch.condition().uncast().type().plain() instanceof CType.Int i
                                && i.name().equals("bool");
                String reset = name + " = " + (truth ? "false;" : "0;");
                Edits.in(branch.condition().range(), check)
                        .flatMap(e -> e.atBodyStart(branch.condition().range(), reset))
                        .map(e -> Edits.suggestion("Reset it first", e))
                        .ifPresent(report::fix);
                check.report(report);
                return;
            }
        }
    }

    private static boolean staysInLoop(Function function, Block block) {
        return function.loops().stream().anyMatch(l -> l.blocks().contains(block.id()));
    }
}
