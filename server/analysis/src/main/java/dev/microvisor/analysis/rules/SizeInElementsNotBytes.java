package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Effect;
import java.util.Optional;

/**
 * Flags a size in bytes that counts elements. Buffers whose size must be a multiple of something
 * have their own rules.
 */
public final class SizeInElementsNotBytes implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "size-in-elements-not-bytes",
                    Severity.WARNING,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.BUFFERS,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCallInContext(CallSite site, Check check) {
        onCall(site, check);
    }

    @Override
    public void onCall(CallSite site, Check check) {
        for (ContractValue value : check.values(site)) {
            boolean elsewhere =
                    value.constraints().stream()
                            .anyMatch(
                                    c ->
                                            c instanceof Constraint.MultipleOf
                                                    && value.applies(c, check.catalog()));
            for (Constraint constraint : value.constraints()) {
                if (!elsewhere
                        && constraint instanceof Constraint.LengthOf length
                        && length.unit() == Constraint.Unit.BYTES) {
                    check(value, length, check);
                }
            }
        }
    }

    private static void check(ContractValue value, Constraint.LengthOf length, Check check) {
        Optional<Long> number = value.value().number();
        Optional<Place> memory = value.sibling(length.of()).target();
        if (number.isEmpty() || memory.isEmpty() || memory.get().path().contains("*")) {
            return;
        }
        CType type = memory.get().type().plain();
        boolean array =
                type instanceof CType.Array a
                        && a.element().size() > 1
                        && a.count() == number.get();
        // One number: 1 is a count. What is only sent may well be its first byte.
        boolean scalar =
                type instanceof CType.Int i
                        && i.size() > 1
                        && number.get() == 1
                        && isWritten(value, length);
        if (!array && !scalar) {
            return;
        }
        CallSite site = value.site();
        SourceRange where = value.written();
        String name = memory.get().display();
        Report report =
                Report.of(
                                INFO,
                                site.function().name(),
                                where,
                                value.name()
                                        + " is "
                                        + number.get()
                                        + ", the number of elements of '"
                                        + name
                                        + "'; it is in bytes: "
                                        + type.size())
                        .why("Microvisor sees a buffer of " + number.get() + " bytes")
                        .help("use sizeof(" + name + ")")
                        .note(site.call().nameRange(), "passed to " + site.call().name() + " here");
        if (!where.equals(site.call().nameRange()) && memory.get().variable().isPresent()) {
            report.safeFix("Use sizeof(" + name + ")", where, "sizeof(" + name + ")");
        }
        check.report(report);
    }

    /** True when the call writes through the pointer that the size speaks of. */
    private static boolean isWritten(ContractValue value, Constraint.LengthOf length) {
        String path = value.siblingPath(length.of());
        return value.site().contract().orElseThrow().effects().stream()
                .anyMatch(e -> e instanceof Effect.Writes w && w.place().equals(path));
    }
}
