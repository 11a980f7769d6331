package dev.microvisor.dap.session;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.dap.motion.Motion;
import dev.microvisor.dap.motion.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * One client and what it debugs. All methods belong to the machine's thread, except those that say
 * otherwise.
 */
public final class Session {
    private static final Logger LOG = Logger.getLogger(Session.class.getName());

    /** Where Microvisor writes rings and buffers. */
    private static final int RAM = 0x2000_0000;

    private static final int RAM_BYTES = 0x8_0000;

    private final MachineThread machineThread;
    private final List<Runnable> afterResponse = new ArrayList<>();
    private final TargetLoader.BoardMaker boards;
    private final Map<String, Object> given;
    private final Optional<LeftFirmware> left;
    private ClientEvents client;
    private ClientSettings settings = new ClientSettings(1, 1, false, false, false, false, false);
    private SessionState state = new SessionState.Fresh();
    private final ShownMemory shownMemory = new ShownMemory();
    private Optional<SearchProgress> progress = Optional.empty();
    private Consumer<Stop> halted = stop -> {};
    private Consumer<Session> whenBegun = session -> {};

    /**
     * @param boards makes the emulator for what is launched
     * @param given launch attributes that the command line has decided; empty when the client does
     * @param left where firmware waits between two clients, when it can
     */
    public Session(
            String name,
            TargetLoader.BoardMaker boards,
            Map<String, Object> given,
            Optional<LeftFirmware> left) {
        this.boards = boards;
        this.given = Map.copyOf(given);
        this.left = left;
        machineThread = new MachineThread(name, this::bug);
    }

    /** Before the first request: whom to tell. */
    public void connect(ClientEvents events) {
        client = events;
        machineThread.start();
    }

    /** Any thread. */
    public MachineThread machineThread() {
        return machineThread;
    }

    public TargetLoader.BoardMaker boards() {
        return boards;
    }

    /** Launch attributes that the command line has decided; they win over the client's. */
    public Map<String, Object> given() {
        return given;
    }

    public ClientEvents client() {
        return client;
    }

    public ClientSettings settings() {
        return settings;
    }

    public void settings(ClientSettings newSettings) {
        settings = newSettings;
    }

    public SessionState state() {
        return state;
    }

    public void enter(SessionState next) {
        LOG.fine(() -> state + " -> " + next);
        state = next;
    }

    /** The firmware, whatever it does; a request without firmware fails. */
    public Debugged debugged() {
        if (state instanceof SessionState.Launched launched) {
            return launched.debugged();
        }
        throw new RequestFailed(state.text());
    }

    /** The firmware, standing still; a request that comes while it runs fails with a known word. */
    public Debugged stopped() {
        if (state instanceof SessionState.Running) {
            throw RequestFailed.notStopped();
        }
        return debugged();
    }

    /** The firmware, able to go on. */
    public Debugged resumable() {
        if (!(state instanceof SessionState.Stopped stopped)) {
            if (state instanceof SessionState.Running) {
                throw RequestFailed.notStopped();
            }
            throw new RequestFailed(state.text());
        }
        if (stopped.stop().over()) {
            throw new RequestFailed(
                    "the firmware cannot go on: "
                            + stopped.stop().description()
                            + ". Restart it, or step back");
        }
        return stopped.debugged();
    }

    /** Runs when the answer to the present request has been sent. */
    public void afterResponse(Runnable action) {
        afterResponse.add(action);
    }

    /** Called once the answer to a request has gone out. */
    public void responded() {
        List<Runnable> actions = List.copyOf(afterResponse);
        afterResponse.clear();
        actions.forEach(Runnable::run);
    }

    /** Lets the firmware go until the motion is over. */
    public void resume(Motion motion) {
        Debugged debugged = debugged();
        debugged.resumed();
        enter(new SessionState.Running(debugged));
        machineThread.start(
                () -> {
                    Optional<Stop> stop = motion.advance();
                    debugged.afterSlice();
                    stop.ifPresent(this::halt);
                    return stop.isEmpty();
                });
    }

    /**
     * The same for somebody else than the client, who sees the firmware go and stop.
     *
     * @param whenHalted told why it stands still again, whoever stopped it
     */
    public void moveFor(Motion motion, Consumer<Stop> whenHalted) {
        client.continued(debugged().threads().onCore());
        resume(motion);
        halted = whenHalted;
    }

    /** The firmware stands still from now on. */
    public void halt(Stop stop) {
        machineThread.stopActivity();
        Debugged debugged = debugged();
        debugged.flushOutput();
        enter(new SessionState.Stopped(debugged, stop));
        progress.ifPresent(SearchProgress::end);
        progress = Optional.empty();
        client.stopped(stop, debugged.threads().onCore());
        if (settings.memoryEvents()) {
            shownMemory.announceTo(client);
        }
        Consumer<Stop> waiting = halted;
        halted = nobody -> {};
        waiting.accept(stop);
    }

    /** The firmware is configured and begins: others than the client may look at it now. */
    public void begun() {
        whenBegun.accept(this);
    }

    /** Before the first request: whom to tell that there is firmware. */
    public void whenBegun(Consumer<Session> listener) {
        whenBegun = listener;
    }

    /** Somebody else than the client changed memory or registers. */
    public void changedElsewhere() {
        debugged().forgetViews();
        if (settings.invalidatedEvents()) {
            client.invalidated("all");
        }
    }

    /** Memory that the client shows: it is told when the firmware may have changed it. */
    public ShownMemory shownMemory() {
        return shownMemory;
    }

    /** Tells the client how a long way through time gets on; from now until the next stop. */
    public void searched(long done, long total) {
        if (progress.isEmpty()) {
            progress = Optional.of(new SearchProgress(client, settings.progress()));
        }
        progress.get().searched(done, total);
    }

    /** The user did something to Microvisor, which may have written anywhere. */
    public void changedByHand() {
        debugged().flushOutput();
        changed(RAM, RAM_BYTES);
    }

    /** The user changed memory; what clients show of it is out of date. */
    public void changed(int address, int sizeBytes) {
        debugged().forgetViews();
        afterResponse(
                () -> {
                    if (settings.memoryEvents()) {
                        client.memoryChanged(String.format("0x%08x", address), 0, sizeBytes);
                    }
                    if (settings.invalidatedEvents()) {
                        client.invalidated("variables");
                    }
                });
    }

    /** The firmware that another client left standing, once. */
    public Optional<Target> takeLeft() {
        return left.flatMap(LeftFirmware::take);
    }

    /**
     * Leaves the firmware standing where it is, for the next client.
     *
     * @return false when there is none, or nobody else could attach to it
     */
    public boolean leave() {
        if (left.isEmpty() || !(state instanceof SessionState.Launched launched)) {
            return false;
        }
        Debugged debugged = launched.debugged();
        debugged.flushOutput();
        // The end of this session must not pause what is no longer its own.
        machineThread.interruptWith(() -> {});
        debugged.target().abandon();
        left.get().keep(debugged.target());
        enter(new SessionState.Ended());
        return true;
    }

    /** The run is over and nobody looks at it any more. */
    public void finish(int exitCode) {
        machineThread.stopActivity();
        if (state instanceof SessionState.Launched launched) {
            launched.debugged().flushOutput();
            client.exited(exitCode);
        }
        if (!(state instanceof SessionState.Ended)) {
            client.terminated();
        }
        enter(new SessionState.Ended());
    }

    private void bug(RuntimeException problem) {
        client.output(
                "important",
                "internal error while the firmware ran: "
                        + problem
                        + ". This is a bug of the debugger; the session goes on stopped.",
                Optional.empty());
        if (state instanceof SessionState.Running) {
            halt(Stop.of("exception", "internal error: " + problem));
        }
    }
}
