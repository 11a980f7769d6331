package dev.microvisor.dap.firmware;

import dev.microvisor.dap.view.Times;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Hypervisor;
import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.history.History;
import dev.microvisor.emulator.history.HistoryOptions;
import dev.microvisor.emulator.kernel.Kernel;
import dev.microvisor.emulator.kernel.hand.Intervention;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.KernelView;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.FirmwareImage;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.MachineOptions;
import dev.microvisor.emulator.peripherals.PeripheralListener;
import dev.microvisor.emulator.peripherals.Peripherals;
import java.util.Optional;
import java.util.function.Consumer;

/** The emulator's machine with Microvisor on it. */
public final class EmulatedBoard implements Target.Board {
    private final Kernel kernel;
    private final CrashWatch hypervisor;
    private final Machine machine;
    private final Peripherals peripherals;
    private final Optional<History> history;
    private final EventGate events;
    private Consumer<String> warnings = warning -> {};
    private Target.Console console = (port, text, microseconds) -> {};

    /** A board that only runs forwards, at full speed. */
    public EmulatedBoard(FirmwareImage image, Cloud cloud) {
        this(image, cloud, World.live());
    }

    /** The same in a world that is recorded, replayed or has a cloud of its own. */
    public EmulatedBoard(FirmwareImage image, Cloud cloud, World world) {
        this(image, cloud, world, false);
    }

    /** A board that remembers what it did, so that a debugger can go back. */
    public static EmulatedBoard withHistory(FirmwareImage image, Cloud cloud) {
        return withHistory(image, cloud, World.live());
    }

    /** The same in a world that is recorded, replayed or has a cloud of its own. */
    public static EmulatedBoard withHistory(FirmwareImage image, Cloud cloud, World world) {
        return new EmulatedBoard(image, cloud, world, true);
    }

    private EmulatedBoard(FirmwareImage image, Cloud cloud, World world, boolean remembers) {
        kernel = new Kernel(cloud, world);
        hypervisor = new CrashWatch(kernel, cloud.device().crashPolicy().isPresent());
        peripherals = new Peripherals(cloud);
        peripherals.setListener(new Lines());
        machine =
                new Machine(
                        image,
                        hypervisor,
                        peripherals.all(),
                        MachineOptions.defaults()
                                .withClockHz(cloud.device().clockHz())
                                .withWarnings(w -> warnings.accept(w)));
        events = new EventGate(machine::requestStop, machine::somethingHappened);
        kernel.setListener(events);
        history =
                remembers
                        ? Optional.of(new History(machine, HistoryOptions.defaults()))
                        : Optional.empty();
    }

    @Override
    public Debuggee machine() {
        return history.<Debuggee>map(h -> h).orElse(machine);
    }

    /** The machine itself, for what needs more than a debugger does. */
    public Machine emulator() {
        return machine;
    }

    /** What firmware reaches without Microvisor, and what is wired to it. */
    public Peripherals peripherals() {
        return peripherals;
    }

    /** Microvisor itself, for what needs more than a debugger does. */
    public Kernel microvisor() {
        return kernel;
    }

    @Override
    public Optional<History> history() {
        return history;
    }

    @Override
    public KernelView kernel() {
        return kernel.view();
    }

    @Override
    public void listen(KernelListener listener) {
        kernel.setListener(
                new BothListeners(new OnceListener(listener, this::isReplaying), events));
    }

    @Override
    public void stopAt(Target.EventFilter filter) {
        events.use(filter);
    }

    @Override
    public Intervention.Outcome intervene(Intervention intervention) {
        Intervention.Outcome outcome = kernel.intervene(intervention);
        if (outcome.done()) {
            history.ifPresent(History::changedByHand);
        }
        return outcome;
    }

    @Override
    public void console(Target.Console newConsole) {
        console = newConsole;
    }

    @Override
    public void warnings(Consumer<String> newWarnings) {
        warnings = newWarnings;
    }

    @Override
    public boolean crashed() {
        return hypervisor.crashes > 0 && !hypervisor.restarts;
    }

    @Override
    public boolean startAgain(StopReason.Fault fault) {
        if (hypervisor.restarts) {
            hypervisor.applicationCrashed(fault);
        }
        return hypervisor.restarts;
    }

    @Override
    public int crashes() {
        return hypervisor.crashes;
    }

    /** What happens again was told the first time. */
    private boolean isReplaying() {
        return history.map(History::replaying).orElse(false);
    }

    /** Passes on what comes out of serial ports. */
    private final class Lines implements PeripheralListener {
        @Override
        public void line(String port, String text, long instruction) {
            if (isReplaying()) {
                return;
            }
            console.line(port, text, Times.microseconds(instruction, machine.clockHz()));
        }
    }

    /**
     * Counts faults that were not handled. The machine reports a fault twice: when the instruction
     * faults, and again when the firmware turns out not to handle it.
     */
    private static final class CrashWatch implements Hypervisor {
        private final Hypervisor inner;
        private final boolean restarts;
        private int crashes;

        /**
         * @param restarts whether Microvisor starts an application that has crashed again
         */
        CrashWatch(Hypervisor inner, boolean restarts) {
            this.inner = inner;
            this.restarts = restarts;
        }

        @Override
        public void attach(Guest guest) {
            inner.attach(guest);
        }

        @Override
        public int call(int slot, int r0, int r1, int r2, int r3) {
            return inner.call(slot, r0, r1, r2, r3);
        }

        @Override
        public boolean onlyTellsTime(int slot, int address) {
            return inner.onlyTellsTime(slot, address);
        }

        @Override
        public long microsecondsAt(long instruction) {
            return inner.microsecondsAt(instruction);
        }

        @Override
        public int keptCalls() {
            return inner.keptCalls();
        }

        @Override
        public void callsSkipped(long count) {
            inner.callsSkipped(count);
        }

        @Override
        public void applicationCrashed(StopReason.Fault fault) {
            crashes++;
            inner.applicationCrashed(fault);
        }

        @Override
        public void applicationReset(ResetCause cause) {
            inner.applicationReset(cause);
        }

        @Override
        public int clockRegister(int address) {
            return inner.clockRegister(address);
        }

        @Override
        public boolean expectsOutsideInput() {
            return inner.expectsOutsideInput();
        }

        @Override
        public long passIdleTime(long until) {
            return inner.passIdleTime(until);
        }

        @Override
        public void forgetFuture() {
            inner.forgetFuture();
        }

        @Override
        public long nextEvent() {
            return inner.nextEvent();
        }

        @Override
        public void runEvents(long now) {
            inner.runEvents(now);
        }

        @Override
        public Object save() {
            return new Saved(inner.save(), crashes);
        }

        @Override
        public void restore(Object state) {
            if (!(state instanceof Saved saved)) {
                throw new IllegalStateException("not a state of this board: " + state);
            }
            inner.restore(saved.inner());
            crashes = saved.crashes();
        }

        private record Saved(Object inner, int crashes) {}
    }
}
