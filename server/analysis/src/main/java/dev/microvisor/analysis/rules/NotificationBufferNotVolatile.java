package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;

/** Flags a ring that Microvisor writes and a handler reads without the compiler knowing. */
public final class NotificationBufferNotVolatile implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "notification-buffer-not-volatile",
                    Severity.NOTE,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.NOTIFICATIONS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Centre centre : Centre.all(check)) {
            if (centre.ring().isEmpty() || centre.ring().get().type().isVolatile()) {
                continue;
            }
            Variable ring = centre.ring().get();
            for (Function function : centre.handlerCode(check)) {
                if (function.instructions().anyMatch(i -> readsPlainly(i, ring))
                        || function.blocks().stream().anyMatch(b -> decidesPlainly(b, ring))) {
                    report(ring, function, check);
                    break;
                }
            }
        }
    }

    /** A read that is not through a volatile pointer or reference. */
    private static boolean readsPlainly(Instr instr, Variable ring) {
        boolean viaVolatile =
                instr instanceof Instr.Store store
                        && store.place().type().target().filter(t -> t.isVolatile()).isPresent();
        return !viaVolatile
                && instr.expressions().stream()
                        .filter(e -> e.walk().noneMatch(NotificationBufferNotVolatile::isVolatile))
                        .anyMatch(e -> Centre.element(e, ring).isPresent());
    }

    private static boolean decidesPlainly(Block block, Variable ring) {
        Expr test =
                block.exit() instanceof Block.Exit.Branch branch
                        ? branch.condition()
                        : block.exit() instanceof Block.Exit.Switch choice ? choice.value() : null;
        return test != null
                && test.walk().noneMatch(NotificationBufferNotVolatile::isVolatile)
                && Centre.element(test, ring).isPresent();
    }

    private static boolean isVolatile(Expr e) {
        return e instanceof Expr.Cast cast
                && cast.type().target().filter(t -> t.isVolatile()).isPresent();
    }

    private static void report(Variable ring, Function reader, Check check) {
        if (ring.declaration().name() == null) {
            return;
        }
        Report report =
                Report.of(
                                INFO,
                                "",
                                ring.declaration().name(),
                                "'"
                                        + ring.name()
                                        + "' is read by an interrupt handler but not volatile")
                        .why(
                                "Microvisor writes it behind the compiler's back; the compiler may keep"
                                        + " an old record in a register")
                        .help("declare it volatile and cast where its address is handed over")
                        .note(reader.nameRange(), reader.name() + " reads it");
        VolatileEdits.ofRing(ring, check)
                .map(edits -> new Fix("Make it volatile", true, edits))
                .ifPresent(report::fix);
        check.report(report);
    }
}
