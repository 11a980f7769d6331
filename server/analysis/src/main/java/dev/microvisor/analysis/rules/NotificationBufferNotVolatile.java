package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;

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
            if (centre.ring().isEmpty() || centre.ring().get().isVolatile()) {
                continue;
            }
            Ring ring = centre.ring().get();
            RingUse use = new RingUse(ring, check);
            for (Function function : centre.handlerCode(check)) {
                if (use.mentions(function).stream().anyMatch(m -> readsPlainly(m, check))) {
                    report(ring, function, check);
                    break;
                }
            }
        }
    }

    /** A read that is not through a volatile pointer or reference. */
    private static boolean readsPlainly(RingUse.Mention mention, Check check) {
        if (RingUse.isVolatile(mention.record())
                || mention.root().walk().anyMatch(NotificationBufferNotVolatile::isVolatileCast)) {
            return false;
        }
        boolean address =
                mention.root()
                        .walk()
                        .anyMatch(
                                e ->
                                        e instanceof Expr.AddressOf a
                                                && a.place().equals(mention.record()));
        // What is done through a pointer is seen where it is done, unless that is not here.
        return !address
                || mention.instr()
                        .filter(
                                i ->
                                        i instanceof Instr.Call call
                                                && check.program()
                                                        .function(call.callee())
                                                        .isEmpty())
                        .isPresent();
    }

    private static boolean isVolatileCast(Expr e) {
        return e instanceof Expr.Cast cast
                && cast.type().target().filter(CType::isVolatile).isPresent();
    }

    private static void report(Ring ring, Function reader, Check check) {
        Report report =
                Report.of(
                                INFO,
                                "",
                                ring.declared(),
                                "'"
                                        + ring.name()
                                        + "' is read by an interrupt handler but not volatile")
                        .why(
                                "Microvisor writes it behind the compiler's back; the compiler may keep"
                                        + " an old record in a register")
                        .help("declare it volatile and cast where its address is handed over")
                        .note(reader.nameRange(), reader.name() + " reads it");
        ring.variable()
                .flatMap(v -> VolatileEdits.ofRing(v, check))
                .map(edits -> new Fix("Make it volatile", true, edits))
                .ifPresent(report::fix);
        check.report(report);
    }
}
