package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.Optional;

/** Flags a request whose texts alone have more bytes than the channel's send buffer. */
public final class RequestTooLarge implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("request-too-large", Severity.ERROR, RuleInfo.Tag.BUFFERS);

    private static final String NO_ROOM = "MV_STATUS_INVALIDBUFFERSIZE";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCall(CallSite site, Check check) {
        Optional<SystemCall> contract =
                site.contract()
                        .filter(Effects::requests)
                        .filter(
                                c ->
                                        c.statuses().stream()
                                                .anyMatch(s -> s.status().equals(NO_ROOM)));
        if (contract.isEmpty()) {
            return;
        }
        Optional<Place> buffer = sendBuffer(site, contract.get());
        long room = buffer.map(Place::extent).orElse(-1L);
        long bytes = 0;
        for (ContractValue value : check.values(site)) {
            boolean counts =
                    value.constraints().stream()
                            .anyMatch(
                                    c ->
                                            c instanceof Constraint.LengthOf l
                                                    && l.unit() == Constraint.Unit.BYTES);
            bytes += counts ? Math.max(0, value.value().number().orElse(0L)) : 0;
        }
        if (room >= 0 && bytes > room) {
            check.report(
                    Report.of(
                                    INFO,
                                    site.function().name(),
                                    site.call().nameRange(),
                                    "the request has at least "
                                            + bytes
                                            + " bytes, the send buffer "
                                            + room)
                            .why(site.call().name() + " answers " + NO_ROOM)
                            .help("make '" + buffer.get().display() + "' larger, in steps of 512"));
        }
    }

    /** The memory that the channel of the call writes from. */
    private static Optional<Place> sendBuffer(CallSite site, SystemCall contract) {
        return Effects.of(contract, Effect.Uses.class)
                .findFirst()
                .flatMap(u -> handle(site, u))
                .stream()
                .flatMap(h -> h.borrowed().stream())
                .filter(Handle.Loan::writeProtected)
                .map(Handle.Loan::place)
                .findFirst();
    }

    private static Optional<Handle> handle(CallSite site, Effect.Uses use) {
        Optional<Sym> sym = site.handleAt(use.place()).symbol();
        return sym.map(s -> site.state().handles().get(s));
    }
}
