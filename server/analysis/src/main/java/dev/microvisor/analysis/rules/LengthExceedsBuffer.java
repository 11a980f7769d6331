package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Effect;
import java.util.Optional;

/**
 * Flags a length that reaches past the end of the memory it is about. Buffers whose size must be a
 * multiple of something, device identifiers and literals in logs have rules of their own.
 */
public final class LengthExceedsBuffer implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "length-exceeds-buffer",
                    Severity.ERROR,
                    RuleInfo.Tag.BUFFERS,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCall(CallSite site, Check check) {
        Verdicts verdicts = check.memory(this, Verdicts.class, Verdicts::new);
        for (ContractValue value : check.values(site)) {
            for (Constraint constraint : value.constraints()) {
                if (constraint instanceof Constraint.LengthOf length
                        && length.unit() == Constraint.Unit.BYTES
                        && !isElsewhere(value, check)) {
                    Optional<Place> memory = value.sibling(length.of()).target();
                    Optional<Long> number = value.value().number();
                    long extent = memory.map(LengthExceedsBuffer::extent).orElse(-1L);
                    if (number.isPresent() && extent >= 0 && number.get() > extent) {
                        verdicts.bad(value, report(value, length, memory.get(), extent));
                    } else {
                        verdicts.good(value);
                    }
                }
            }
        }
    }

    @Override
    public void checkProgram(Check check) {
        check.memory(this, Verdicts.class, Verdicts::new).report(check);
    }

    private static boolean isElsewhere(ContractValue value, Check check) {
        boolean literal =
                value.constraints().stream()
                        .filter(Constraint.LengthOf.class::isInstance)
                        .map(c -> value.sibling(((Constraint.LengthOf) c).of()).target())
                        .flatMap(Optional::stream)
                        .anyMatch(p -> p.root() instanceof Place.Literal);
        boolean exact =
                value.constraints().stream()
                        .filter(c -> value.applies(c, check.catalog()))
                        .anyMatch(
                                c ->
                                        c instanceof Constraint.Const
                                                || c instanceof Constraint.MultipleOf);
        return exact || (literal && LogLengthMismatch.isMessage(value));
    }

    /** Bytes of an array or of a whole variable; a member may be meant with what follows it. */
    private static long extent(Place place) {
        boolean whole =
                place.path().isEmpty() || place.type().isArray() || place.path().endsWith("]");
        return whole && !place.path().contains("*") ? place.extent() : -1;
    }

    private static Report report(
            ContractValue value, Constraint.LengthOf length, Place memory, long extent) {
        CallSite site = value.site();
        String path = value.siblingPath(length.of());
        boolean written =
                site.contract().orElseThrow().effects().stream()
                        .anyMatch(e -> e instanceof Effect.Writes && e.place().equals(path));
        String name =
                memory.root() instanceof Place.Literal ? "the text" : "'" + memory.display() + "'";
        return Report.of(
                        INFO,
                        site.function().name(),
                        value.written(),
                        value.name()
                                + " is "
                                + value.value().number().orElseThrow()
                                + ", but "
                                + name
                                + " has only "
                                + extent
                                + (extent == 1 ? " byte" : " bytes"))
                .why(
                        written
                                ? "Microvisor writes over what lies behind"
                                : "what lies behind it in memory is sent along")
                .help("use sizeof, or strlen for a text")
                .note(site.call().nameRange(), "passed to " + site.call().name() + " here");
    }
}
