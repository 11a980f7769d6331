package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.HandleUse;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.engine.Write;
import dev.microvisor.analysis.engine.WriteSite;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Flags a write into the send buffer of an open channel: it crashes the application. The channel is
 * open when this path opened it, or when it is used after the write with a handle that another
 * function opened.
 */
public final class SendBufferWrite implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("send-buffer-write", Severity.ERROR, RuleInfo.Tag.BUFFERS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** Writes on some path. */
    private static final class Seen {
        private final List<WhileOpen> whileOpen = new ArrayList<>();
        private final Set<WhileHeld> whileHeld = new LinkedHashSet<>();
    }

    /** A write on a path that opened a channel. */
    private record WhileOpen(WriteSite site, SourceRange opened) {}

    /**
     * A write while a variable holds a handle that another function opened.
     *
     * @param handle the variable
     * @param shown what shows that the channel is open
     */
    private record WhileHeld(Write write, Place handle, SourceRange shown) {}

    @Override
    public void onWrite(WriteSite site, Check check) {
        Seen seen = check.memory(this, Seen.class, Seen::new);
        for (Handle handle : OpenChannels.on(site.state(), Effects.CHANNEL)) {
            boolean locked =
                    OpenChannels.loan(handle, site.write().place())
                            .filter(Handle.Loan::writeProtected)
                            .isPresent();
            if (locked && OpenChannels.isCertain(handle, site.state())) {
                seen.whileOpen.add(new WhileOpen(site, handle.opened()));
            }
        }
        for (Sym sym : held(site.state())) {
            seen.whileHeld.add(new WhileHeld(site.write(), sym.place(), site.instr().range()));
        }
    }

    /** Handles of other functions that this path has found to be open. */
    private static Set<Sym> held(State state) {
        Set<Sym> held = new HashSet<>();
        for (Sym sym : state.symbols()) {
            Handle handle = state.handles().get(sym);
            boolean released = handle != null && handle.isClosing();
            if (sym.kind() == Sym.Kind.INITIAL && !released && !state.set(sym).contains(0)) {
                held.add(sym);
            }
        }
        return held;
    }

    @Override
    public void onHandleUse(HandleUse use, Check check) {
        Optional<Sym> handle = use.value().symbol().filter(s -> s.kind() == Sym.Kind.INITIAL);
        if (handle.isPresent() && use.effect().resource().equals(Effects.CHANNEL)) {
            Seen seen = check.memory(this, Seen.class, Seen::new);
            for (Write write : use.state().writes()) {
                if (isCalm(use, write, check)) {
                    seen.whileHeld.add(new WhileHeld(write, handle.get().place(), use.where()));
                }
            }
        }
    }

    /** True when nobody else can have opened the channel between a write and a use of it. */
    private static boolean isCalm(HandleUse use, Write write, Check check) {
        Function function = use.function();
        Optional<Instr.Call> at = Inevitable.callAt(function, use.where());
        Optional<Instr> from =
                function.instructions().filter(i -> i.range().equals(write.where())).findFirst();
        if (at.isEmpty() || from.isEmpty()) {
            // The write is in a function called here; what lies between cannot be told.
            return at.isPresent() && function.loops().isEmpty() && !waits(function, check);
        }
        return !Inevitable.loopsBetween(function, from.get(), at.get())
                && function.calls()
                        .filter(c -> isForeign(c, check))
                        .noneMatch(c -> Inevitable.between(function, from.get(), c, at.get()));
    }

    private static boolean waits(Function function, Check check) {
        return function.calls().anyMatch(c -> isForeign(c, check));
    }

    /** A function that is not here: it may wait for another task. */
    private static boolean isForeign(Instr.Call call, Check check) {
        return check.program().function(call.callee()).isEmpty()
                && check.catalog().call(call.callee()).isEmpty()
                && !isLibrary(call.name());
    }

    private static boolean isLibrary(String name) {
        return name.startsWith("mem") || name.startsWith("str") || name.endsWith("printf");
    }

    @Override
    public void checkProgram(Check check) {
        Seen seen = check.memory(this, Seen.class, Seen::new);
        Doers closers = check.doers(c -> Effects.releases(c, Effects.CHANNEL));
        for (WhileOpen write : seen.whileOpen) {
            WriteSite site = write.site();
            if (OpenChannels.staysOpen(site.function(), write.opened(), site.instr(), closers)) {
                report(site.write(), write.opened(), "the channel is opened here", check);
            }
        }
        Map<Slot, Set<Memory>> lent = lent(check);
        for (WhileHeld write : seen.whileHeld) {
            Place written = write.write().place();
            boolean locked =
                    Slot.ofOneObject(write.handle(), holder(written).orElse(written))
                            && mayOnlyChangeHere(write.handle(), check)
                            && Slot.of(write.handle())
                                    .map(lent::get)
                                    .flatMap(l -> Memory.of(written).filter(l::contains))
                                    .isPresent();
            if (locked) {
                report(
                        write.write(),
                        write.shown(),
                        "the channel in '" + write.handle().display() + "' is open here",
                        check);
            }
        }
    }

    /** Other files could open channels into a global variable. */
    private static boolean mayOnlyChangeHere(Place handle, Check check) {
        return check.program().isWhole()
                || handle.variable().filter(v -> v.storage() == Variable.Storage.GLOBAL).isEmpty();
    }

    /**
     * A buffer: a variable or member, or what a member points at.
     *
     * @param behind true for what the slot points at
     */
    private record Memory(Slot slot, boolean behind) {
        static Optional<Memory> of(Place place) {
            Optional<Place> holder = holder(place);
            return holder.isPresent()
                    ? holder.filter(h -> h.member().isPresent())
                            .flatMap(Slot::of)
                            .map(s -> new Memory(s, true))
                    : Slot.of(place).map(s -> new Memory(s, false));
        }

        static Optional<Memory> of(Value pointer) {
            return pointer.target().isPresent()
                    ? pointer.target().map(SendBufferWrite::whole).flatMap(Memory::of)
                    : pointer.symbol()
                            .map(Sym::place)
                            .filter(p -> p.member().isPresent())
                            .flatMap(Slot::of)
                            .map(s -> new Memory(s, true));
        }
    }

    /** Where the pointer is kept that a place lies behind. */
    private static Optional<Place> holder(Place place) {
        return place.root() instanceof Place.Pointee p && !place.path().contains(".")
                ? Optional.ofNullable(p.pointer().place())
                : Optional.empty();
    }

    /** Which buffers every channel whose handle is kept in a slot protects while it is open. */
    private static Map<Slot, Set<Memory>> lent(Check check) {
        Map<Slot, Set<Memory>> lent = new HashMap<>();
        Map<Instr.Call, Facts.SystemCallFact> asWritten = new HashMap<>();
        check.facts().systemCalls().forEach(f -> asWritten.put(f.call(), f));
        for (Facts.SystemCallFact fact : check.facts().systemCallsInContext()) {
            Optional<Slot> handle =
                    Effects.of(fact.contract(), Effect.Acquires.class)
                            .filter(a -> a.resource().equals(Effects.CHANNEL))
                            .flatMap(a -> place(fact, a.place()).stream())
                            .flatMap(p -> Slot.of(p).stream())
                            .findFirst();
            Set<Memory> buffers = new HashSet<>();
            Effects.of(fact.contract(), Effect.Borrows.class)
                    .filter(Effect.Borrows::writeProtected)
                    .flatMap(
                            b ->
                                    // The member that leads to it, or what callers hand over.
                                    memory(asWritten.getOrDefault(fact.call(), fact), b)
                                            .or(() -> memory(fact, b))
                                            .stream())
                    .forEach(buffers::add);
            handle.ifPresent(
                    h ->
                            lent.merge(
                                    h,
                                    buffers,
                                    (a, b) -> {
                                        a.retainAll(b);
                                        return a;
                                    }));
        }
        return lent;
    }

    private static Optional<Memory> memory(Facts.SystemCallFact fact, Effect.Borrows lent) {
        return Memory.of(fact.places().getOrDefault(lent.place(), Value.UNKNOWN));
    }

    private static Optional<Place> place(Facts.SystemCallFact fact, String path) {
        return fact.places().getOrDefault(path, Value.UNKNOWN).target().map(SendBufferWrite::whole);
    }

    /** {@code buffer} for {@code buffer[0]}. */
    private static Place whole(Place place) {
        return place.path().endsWith("[0]")
                ? new Place(place.root(), place.path().substring(0, place.path().lastIndexOf('[')))
                : place;
    }

    private static void report(Write write, SourceRange open, String why, Check check) {
        check.report(
                Report.of(
                                INFO,
                                write.by().name(),
                                write.where(),
                                "write to '"
                                        + write.place().display()
                                        + "', the send buffer of an open channel")
                        .why(
                                "Microvisor write-protects it until the channel is closed: the"
                                        + " write crashes the application")
                        .help("build the request in another buffer; Microvisor copies it")
                        .note(open, why)
                        .note(write.where(), "written here"));
    }
}
