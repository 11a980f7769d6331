package dev.microvisor.emulator.kernel;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Hypervisor;
import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.call.Event;
import dev.microvisor.emulator.kernel.call.History;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.hand.Intervention;
import dev.microvisor.emulator.kernel.view.ByHandView;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.CallView.ArgumentView;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.KernelView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Microvisor: answers system calls and makes events happen. One machine has one kernel; all methods
 * belong to the thread that runs the machine.
 */
public final class Kernel implements Hypervisor {
    /** How many system calls debuggers see. */
    static final int KEPT_CALLS = 100;

    /** How many interventions debuggers see. */
    static final int KEPT_BY_HAND = 100;

    /** The call that firmware asks again and again while it waits. */
    private static final String TIME_CALL = "mvGetMicroseconds";

    private final Catalog catalog;
    private final Cloud cloud;
    private final World world;
    private final CallTable table;
    private KernelParts parts;
    private KernelListener listener = KernelListener.NONE;
    private History<CallRecord> calls = History.keeping(KEPT_CALLS);
    private History<ByHandView> byHand = History.keeping(KEPT_BY_HAND);
    private boolean keepsCalls = true;
    private long callCount;
    private final CallInjections injections = new CallInjections();

    /** In the world as it is. */
    public Kernel(Cloud cloud) {
        this(cloud, World.live());
    }

    public Kernel(Cloud cloud, World world) {
        this.catalog = Catalog.bundled();
        this.cloud = cloud;
        this.world = world;
        table = new CallTable(catalog);
    }

    @Override
    public void attach(Guest guest) {
        parts = new KernelParts(guest, catalog, cloud, world, () -> listener);
        world.outside().attach(guest);
        parts.start();
    }

    /** Who hears of what happens from now on; see {@link KernelListener#NONE}. */
    public void setListener(KernelListener newListener) {
        listener = newListener;
    }

    public Cloud cloud() {
        return cloud;
    }

    /**
     * Answers to give in place of Microvisor's own, from now on; replaces those given before. They
     * belong to the run, not to its state: snapshots keep them only counted.
     */
    public void inject(List<CallInjection> answers) {
        injections.replace(answers);
    }

    /** How often the place of each injection has been passed, in the order they were given. */
    public List<Integer> injectionCounts() {
        return injections.counts();
    }

    /** Nobody will ask for the last calls: waiting for the time to pass is faster then. */
    public void keepNoCalls() {
        keepsCalls = false;
        calls = History.keeping(KEPT_CALLS);
    }

    /** Everything that a debugger shows. */
    public KernelView view() {
        return new ViewMaker(parts)
                .view(calls.entries().stream().map(this::view).toList(), byHand.entries());
    }

    /** Does something by hand, at a safe point. Who keeps a history has to note the change. */
    public Intervention.Outcome intervene(Intervention intervention) {
        Intervention.Outcome outcome = intervention.apply(parts);
        if (outcome.done()) {
            byHand = byHand.plus(new ByHandView(parts.clock().now(), outcome.text()));
            listener.intervened(outcome.text(), parts.clock().now());
        }
        return outcome;
    }

    @Override
    public int call(int slot, int r0, int r1, int r2, int r3) {
        Optional<CallTable.Row> row = table.at(slot);
        if (row.isEmpty()) {
            parts.guest()
                    .requestStop(
                            new StopReason.Fault(
                                    "SecureFault",
                                    parts.guest().callSite(),
                                    0,
                                    0,
                                    0,
                                    "slot " + slot + " of Microvisor's call table holds no call"));
            return Status.UNAVAILABLE.code();
        }
        return call(row.get(), new Words(r0, r1, r2, r3));
    }

    @Override
    public boolean onlyTellsTime(int slot, int address) {
        return table.tellsTime(slot)
                && !listener.wantsCalls()
                && !injections.await(TIME_CALL)
                && !parts.faults().await(TIME_CALL)
                && parts.memory().writable(address, Long.BYTES);
    }

    @Override
    public long microsecondsAt(long instruction) {
        return parts.clock().microsecondsAt(instruction);
    }

    @Override
    public int keptCalls() {
        return keepsCalls ? KEPT_CALLS : 0;
    }

    @Override
    public void callsSkipped(long count) {
        callCount += count;
    }

    private int call(CallTable.Row row, Words words) {
        SystemCall call = row.call();
        if (row.handler().isEmpty()) {
            parts.guest()
                    .requestStop(
                            new StopReason.Event(
                                    "unsupported system call",
                                    call.name() + " is not emulated yet; the run ends here"));
            return Status.UNAVAILABLE.code();
        }
        boolean wanted = listener.wantsCalls();
        boolean noted = wanted || keepsCalls;
        boolean eager = wanted || (noted && row.decodedEarly());
        CallDecoder decoder = eager ? new CallDecoder(parts.memory(), catalog) : null;
        List<ArgumentView> before = eager ? decoder.before(call, words) : List.of();
        Optional<Status> injected = injected(call);
        Status status = injected.orElse(Status.OKAY);
        if (injected.isEmpty() || CallInjections.endsHandle(call, status)) {
            Status own = run(row.handler().get(), words);
            status = injected.orElse(own);
        }
        callCount++;
        if (!noted) {
            return status.code();
        }
        CallRecord record =
                new CallRecord(
                        callCount,
                        parts.clock().now(),
                        call,
                        words,
                        parts.guest().callSite(),
                        eager
                                ? Optional.of(decoder.after(call, words, before, status))
                                : Optional.empty(),
                        row.out(),
                        eager || status != Status.OKAY ? OptionalLong.empty() : out(row, words),
                        status,
                        injected.isPresent(),
                        parts.inInterrupt());
        if (keepsCalls) {
            calls = calls.plus(record);
        }
        if (wanted) {
            listener.called(view(record));
        }
        return status.code();
    }

    /** What the call has written through its pointer. */
    private OptionalLong out(CallTable.Row row, Words words) {
        if (row.out().isEmpty()) {
            return OptionalLong.empty();
        }
        int address = words.word(row.out().get().index());
        int size = row.out().get().sizeBytes();
        if (address == 0 || !parts.guest().readable(address, size)) {
            return OptionalLong.empty();
        }
        long low = parts.guest().readWord(address) & 0xFFFF_FFFFL;
        if (size == Integer.BYTES) {
            return OptionalLong.of(low);
        }
        if (size == Long.BYTES) {
            long high = parts.guest().readWord(address + Integer.BYTES);
            return OptionalLong.of(high << Integer.SIZE | low);
        }
        long value = 0;
        byte[] bytes = parts.guest().read(address, size);
        for (int i = size - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[i] & 0xFF);
        }
        return OptionalLong.of(value);
    }

    /** What stands in place of Microvisor's answer; both sources count the call. */
    private Optional<Status> injected(SystemCall call) {
        Optional<Status> scripted = parts.faults().beforeCall(call.name());
        Optional<Status> chosen = injections.beforeCall(call, parts.guest().callSite());
        chosen.ifPresent(
                status ->
                        listener.faultInjected(
                                status.constantName() + " in place of the answer of " + call.name(),
                                parts.clock().now()));
        return chosen.or(() -> scripted);
    }

    private <A extends Record> Status run(HostCall<A> handler, Words words) {
        return handler.handle(handler.decode(words), parts);
    }

    /** A call as it was made; those that point at no structure are decoded when they are shown. */
    private record CallRecord(
            long number,
            long instruction,
            SystemCall call,
            Words words,
            int callSite,
            Optional<List<ArgumentView>> decoded,
            Optional<CallDecoder.Out> outKind,
            OptionalLong out,
            Status status,
            boolean injected,
            boolean inInterrupt) {}

    private CallView view(CallRecord record) {
        return new CallView(
                record.number(),
                record.instruction(),
                parts.clock().microsecondsAt(record.instruction()),
                record.call().slot(),
                record.call().name(),
                record.callSite(),
                parts.guest().symbolAt(record.callSite()),
                record.decoded()
                        .orElseGet(
                                () ->
                                        CallDecoder.plain(
                                                record.call(),
                                                record.words(),
                                                record.outKind(),
                                                record.out())),
                record.status().code(),
                record.status().constantName(),
                record.injected(),
                record.inInterrupt());
    }

    @Override
    public void applicationCrashed(StopReason.Fault fault) {
        parts.takeBack();
        if (cloud.device().crashPolicy().isPresent()) {
            parts.power().restartAfterCrash(cloud.device().crashPolicy().get());
        } else {
            parts.guest().requestStop(fault);
        }
    }

    /** A reset that the application asks for by itself looks like a restart. */
    @Override
    public void applicationReset(ResetCause cause) {
        parts.takeBack();
        parts.clockRegisters().noteReset(cause);
        parts.power().restarted(WakeReason.REMOTEAPPLICATIONRESTART);
        listener.applicationRestarted(
                WakeReason.REMOTEAPPLICATIONRESTART.constantName(), parts.clock().now());
    }

    @Override
    public int clockRegister(int address) {
        return parts.clockRegisters().peek(address);
    }

    @Override
    public boolean expectsOutsideInput() {
        return world.outside().isOpen();
    }

    @Override
    public long passIdleTime(long until) {
        return world.outside().passIdleTime(until);
    }

    @Override
    public void forgetFuture() {
        world.outside().forgetFuture();
    }

    @Override
    public long nextEvent() {
        return Math.min(parts.agenda().nextDue(), world.outside().nextEvent());
    }

    @Override
    public void runEvents(long now) {
        for (Event event = parts.agenda().takeDue(now);
                event != null;
                event = parts.agenda().takeDue(now)) {
            event.happen(parts);
            if (world.outside().takeUnanswered()) {
                return;
            }
        }
        // After what was due anyway, so that a recording has the same order.
        world.outside().runEvents(now);
    }

    @Override
    public Object save() {
        List<Object> saved = new ArrayList<>();
        for (Stateful<?> part : parts.stateful()) {
            saved.add(part.save());
        }
        return new Saved(saved, calls, byHand, callCount, injections.save());
    }

    @Override
    public void restore(Object state) {
        Saved saved = (Saved) state;
        List<Stateful<?>> all = parts.stateful();
        for (int i = 0; i < all.size(); i++) {
            put(all.get(i), saved.parts().get(i));
        }
        calls = saved.calls();
        byHand = saved.byHand();
        callCount = saved.callCount();
        injections.restore(saved.injections());
        parts.guest().eventsChanged();
    }

    /** Each part gets back what it gave, so the cast cannot fail. */
    @SuppressWarnings("unchecked")
    private static <S> void put(Stateful<S> part, Object state) {
        part.restore((S) state);
    }

    /** The state of all parts, in the order of {@link KernelParts#stateful()}. */
    private record Saved(
            List<Object> parts,
            History<CallRecord> calls,
            History<ByHandView> byHand,
            long callCount,
            List<Integer> injections) {
        Saved {
            parts = List.copyOf(parts);
            injections = List.copyOf(injections);
        }
    }
}
