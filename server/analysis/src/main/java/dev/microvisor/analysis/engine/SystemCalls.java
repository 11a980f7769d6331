package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.EnumType;
import dev.microvisor.catalog.StructType;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a system call does to a state, read from its contract. */
final class SystemCalls {
    private final Catalog catalog;
    private final ValueSet allStatuses;

    SystemCalls(Catalog catalog) {
        this.catalog = catalog;
        long bits = 0;
        for (EnumType.Constant status : catalog.statuses().constants()) {
            bits |= status.value() >= 0 && status.value() < 63 ? 1L << status.value() : 0;
        }
        this.allStatuses = ValueSet.ofBits(bits);
    }

    /** Makes the call; its status becomes the value of the call's result. */
    Sym apply(CallSite site, String scope) {
        SystemCall contract = site.contract().orElseThrow();
        State state = site.state();
        Instr.Call call = site.call();
        String id = scope + "#" + call.id();
        Sym status = new Sym(id, Sym.Kind.STATUS, call.range(), contract.name(), null);
        // Values that the effects need are read before anything changes.
        List<Runnable> changes = new ArrayList<>();
        state.renew(status);
        state.narrow(status, contract.statuses().isEmpty() ? ValueSet.ZERO : allStatuses);
        Sym[] acquired = new Sym[1];
        for (Effect effect : contract.effects()) {
            if (effect instanceof Effect.Acquires acquires) {
                acquired[0] = acquire(site, acquires, status, id, changes);
            }
        }
        for (Effect effect : contract.effects()) {
            if (effect instanceof Effect.Writes writes) {
                write(site, writes, status, id, changes);
            } else if (effect instanceof Effect.Releases releases) {
                release(site, releases, status, changes);
            } else if (effect instanceof Effect.State change) {
                change(site, change, status, changes);
            } else if (effect instanceof Effect.Borrows borrows && acquired[0] != null) {
                borrow(site, borrows, acquired[0], changes);
            }
        }
        changes.forEach(Runnable::run);
        return status;
    }

    private Sym acquire(
            CallSite site, Effect.Acquires effect, Sym status, String id, List<Runnable> changes) {
        Sym handle =
                new Sym(
                        id + ":handle",
                        Sym.Kind.HANDLE,
                        site.call().range(),
                        site.call().name(),
                        null);
        State state = site.state();
        state.renew(handle);
        state.narrow(handle, ValueSet.NONZERO);
        Value kind = effect.kind().isEmpty() ? Value.UNKNOWN : site.valueAt(effect.kind());
        String first =
                catalog.resource(effect.resource())
                        .filter(r -> !r.states().isEmpty())
                        .map(r -> r.states().get(0))
                        .orElse("");
        Handle fact =
                new Handle(
                        effect.resource(),
                        site.call().range(),
                        status,
                        kind.number().orElse(-1L),
                        kind.symbol().filter(s -> s.kind() == Sym.Kind.INITIAL).orElse(null),
                        first,
                        null,
                        List.of());
        changes.add(() -> state.handle(handle, fact));
        Optional<Place> target = site.valueAt(effect.place()).target();
        target.or(() -> Evaluator.pointee(site.valueAt(effect.place()), CType.UNKNOWN))
                .ifPresent(
                        place -> {
                            Value before = missing(site.load(place), site);
                            changes.add(
                                    () ->
                                            state.assign(
                                                    place,
                                                    new Value.Pending(
                                                            status,
                                                            ValueSet.ZERO,
                                                            Value.of(handle),
                                                            before)));
                        });
        return handle;
    }

    /** A missing value remembers which call should have given it. */
    private static Value missing(Value before, CallSite site) {
        return before instanceof Value.Unset
                ? new Value.Unset(site.call().name(), site.call().range())
                : before;
    }

    private void write(
            CallSite site, Effect.Writes effect, Sym status, String id, List<Runnable> changes) {
        Value pointer = site.valueAt(effect.place());
        Optional<Place> target = Evaluator.pointee(pointer, CType.UNKNOWN);
        if (target.isEmpty()) {
            return;
        }
        Place place = target.get();
        State state = site.state();
        Sym output =
                new Sym(
                        id + ":" + effect.place(),
                        Sym.Kind.OUTPUT,
                        site.call().range(),
                        site.call().name(),
                        null);
        state.renew(output);
        most(site, effect.place())
                .ifPresent(m -> state.narrow(output, ValueSet.ALL.compare("<=", m)));
        Value before = missing(site.load(place), site);
        if (before instanceof Value.Symbolic s && s.sym().equals(output)) {
            before = Value.UNKNOWN;
        }
        Value old = before;
        changes.add(
                () ->
                        state.assign(
                                place,
                                new Value.Pending(status, ValueSet.ZERO, Value.of(output), old)));
    }

    /**
     * The most that a call writes as the number of bytes received: the size of the memory for them,
     * which the contract keeps beside it.
     */
    private Optional<Long> most(CallSite site, String place) {
        int dot = place.lastIndexOf('.');
        Optional<StructType> struct =
                dot < 0
                        ? Optional.empty()
                        : ContractPlaces.structAt(
                                site.contract().orElseThrow(), place.substring(0, dot), catalog);
        boolean counts =
                struct.flatMap(s -> s.field(place.substring(dot + 1)))
                        .filter(f -> f.type().equals("uint32_t *"))
                        .isPresent();
        if (!counts) {
            return Optional.empty();
        }
        return struct.get().fields().stream()
                .filter(
                        f ->
                                f.constraints().stream()
                                        .anyMatch(
                                                c ->
                                                        c instanceof Constraint.LengthOf l
                                                                && l.unit()
                                                                        == Constraint.Unit.BYTES))
                .findFirst()
                .flatMap(f -> site.valueAt(place.substring(0, dot) + "." + f.path()).number());
    }

    private ValueSet statuses(List<String> names) {
        long bits = 0;
        for (String name : names) {
            long value =
                    catalog.statuses().constant(name).map(EnumType.Constant::value).orElse(-1L);
            bits |= value >= 0 && value < 63 ? 1L << value : 0;
        }
        return ValueSet.ofBits(bits);
    }

    private void release(
            CallSite site, Effect.Releases effect, Sym status, List<Runnable> changes) {
        ValueSet when = statuses(effect.statuses());
        State state = site.state();
        Value pointer = site.valueAt(effect.place());
        Optional<Place> target = Evaluator.pointee(pointer, CType.UNKNOWN);
        if (target.isEmpty()) {
            return;
        }
        Value handle = site.load(target.get());
        changes.add(
                () ->
                        state.assign(
                                target.get(), new Value.Pending(status, when, Value.ZERO, handle)));
        symbol(handle, state)
                .ifPresent(
                        sym ->
                                changes.add(
                                        () ->
                                                transition(
                                                        state,
                                                        sym,
                                                        effect.resource(),
                                                        status,
                                                        when,
                                                        Handle.CLOSED,
                                                        site.call().range())));
    }

    private void change(CallSite site, Effect.State effect, Sym status, List<Runnable> changes) {
        State state = site.state();
        String resource = resourceAt(site, effect.place());
        symbol(site.handleAt(effect.place()), state)
                .ifPresent(
                        sym ->
                                changes.add(
                                        () ->
                                                transition(
                                                        state,
                                                        sym,
                                                        resource,
                                                        status,
                                                        statuses(effect.statuses()),
                                                        effect.state(),
                                                        site.call().range())));
    }

    private static String resourceAt(CallSite site, String place) {
        for (Effect effect : site.contract().orElseThrow().effects()) {
            if (effect instanceof Effect.Uses uses && uses.place().equals(place)) {
                return uses.resource();
            }
        }
        return "";
    }

    /** The handle's symbol, also when the call that gave it has not been tested yet. */
    static Optional<Sym> symbol(Value handle, State state) {
        Value value = state.settle(handle);
        if (value instanceof Value.Pending p) {
            return p.then().symbol().or(() -> p.otherwise().symbol());
        }
        return value.symbol();
    }

    private static void transition(
            State state,
            Sym sym,
            String resource,
            Sym status,
            ValueSet when,
            String to,
            SourceRange where) {
        Handle known = state.handles().get(sym);
        Handle handle =
                known == null
                        ? new Handle(
                                resource, Handle.origin(sym), null, -1, null, "", null, List.of())
                        : known;
        Handle.Change previous = handle.change();
        boolean sameCall = previous != null && previous.status().equals(status);
        if (sameCall) {
            // One call, several outcomes: the first one in the contract is the one that lasts.
            return;
        }
        String settled = state.stateBeforeChange(handle);
        state.handle(sym, handle.withChange(new Handle.Change(status, when, to, where), settled));
    }

    private static void borrow(
            CallSite site, Effect.Borrows effect, Sym handle, List<Runnable> changes) {
        Optional<Place> memory = Evaluator.pointee(site.valueAt(effect.place()), CType.UNKNOWN);
        if (memory.isEmpty() || effect.until().isEmpty()) {
            return;
        }
        State state = site.state();
        changes.add(
                () -> {
                    Handle fact = state.handles().get(handle);
                    if (fact != null) {
                        List<Handle.Loan> loans = new ArrayList<>(fact.borrowed());
                        loans.add(new Handle.Loan(memory.get(), effect.writeProtected()));
                        state.handle(
                                handle,
                                new Handle(
                                        fact.resource(),
                                        fact.opened(),
                                        fact.openStatus(),
                                        fact.kind(),
                                        fact.kindOf(),
                                        fact.state(),
                                        fact.change(),
                                        loans));
                    }
                });
    }
}
