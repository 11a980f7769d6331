package dev.microvisor.dap.firmware;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.history.History;
import dev.microvisor.emulator.kernel.hand.Intervention;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.KernelView;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.symbols.Program;
import dev.microvisor.symbols.line.SourceLine;
import dev.microvisor.symbols.scope.Function;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Firmware with everything that it runs on: its debug information, the machine and Microvisor.
 * Belongs to the thread that runs the machine. Start at {@link TargetLoader}.
 */
public final class Target {
    private final Program program;
    private final Board board;
    private final SourcePaths sources;
    private final SourceCheck sourceCheck;

    /** What the emulator offers to those who watch a whole run. */
    public interface Board {
        Debuggee machine();

        KernelView kernel();

        /** Replaces the listener. */
        void listen(KernelListener listener);

        /** At which of Microvisor's doings to end a run; replaces the filter. */
        void stopAt(EventFilter filter);

        /** Whom to tell what the firmware writes to its serial ports. */
        void console(Console console);

        /** Does something to Microvisor by hand; a history notes it and begins a new future. */
        Intervention.Outcome intervene(Intervention intervention);

        /** Whom to tell what the emulator wants people to know. */
        void warnings(Consumer<String> warnings);

        /** The machine's past, when it remembers it; then it is the machine, too. */
        Optional<History> history();

        /**
         * True when the firmware did not handle its last fault, and Microvisor does not start it
         * again. While it is false a fault that ended a run has only just happened, and running on
         * lets the firmware handle it.
         */
        boolean crashed();

        /** How many faults the firmware has not handled so far. */
        int crashes();

        /**
         * Has Microvisor start firmware again whose handler of a fault does not come to an end.
         *
         * @return false when the cloud file does not want that; nothing is done then
         */
        boolean startAgain(StopReason.Fault fault);
    }

    /** Hears what the firmware writes to its serial ports, in whole lines. */
    public interface Console {
        void line(String port, String text, long microseconds);
    }

    /** Which of Microvisor's doings end a run. Asked while the machine runs: quick and pure. */
    public interface EventFilter {
        EventFilter NONE =
                new EventFilter() {
                    @Override
                    public boolean looksFor(MicrovisorEvent.Kind kind) {
                        return false;
                    }

                    @Override
                    public boolean stopsAt(MicrovisorEvent event) {
                        return false;
                    }
                };

        /** Whether events of a kind are worth describing. */
        boolean looksFor(MicrovisorEvent.Kind kind);

        boolean stopsAt(MicrovisorEvent event);
    }

    Target(Program program, Board board, SourcePaths sources, SourceCheck sourceCheck) {
        this.program = program;
        this.board = board;
        this.sources = sources;
        this.sourceCheck = sourceCheck;
    }

    public Program program() {
        return program;
    }

    Board board() {
        return board;
    }

    public Debuggee machine() {
        return board.machine();
    }

    public KernelView kernel() {
        return board.kernel();
    }

    public void listen(KernelListener listener) {
        board.listen(listener);
    }

    /** At which of Microvisor's doings to end a run; replaces the filter. */
    public void stopAt(EventFilter filter) {
        board.stopAt(filter);
    }

    /** Does something to Microvisor by hand; a history notes it and begins a new future. */
    public Intervention.Outcome intervene(Intervention intervention) {
        return board.intervene(intervention);
    }

    public void console(Console console) {
        board.console(console);
    }

    public void warnings(Consumer<String> warnings) {
        board.warnings(warnings);
    }

    public Optional<History> history() {
        return board.history();
    }

    /** Forgets all that a client asked for: breakpoints, listeners, stops. */
    public void abandon() {
        machine().setBreakpoints(Set.of());
        machine().setWatchpoints(Set.of());
        // Executes nothing; a pause that was asked for while nothing ran is over then.
        machine().run(machine().now());
        board.stopAt(EventFilter.NONE);
        board.listen(KernelListener.NONE);
        board.console((port, text, microseconds) -> {});
        board.warnings(text -> {});
    }

    public boolean crashed() {
        return board.crashed();
    }

    /** See {@link Board#startAgain}. */
    public boolean startAgain(StopReason.Fault fault) {
        return board.startAgain(fault);
    }

    /** See {@link Board#crashes}. */
    public int crashes() {
        return board.crashes();
    }

    public SourcePaths sources() {
        return sources;
    }

    /** Whether the sources here are those of the build. */
    public SourceCheck sourceCheck() {
        return sourceCheck;
    }

    /**
     * Where an instruction comes from, in as many words as are known: {@code main.c:12 in main}.
     */
    public String describe(int address) {
        Optional<SourceLine> line = program.lineAt(address);
        String function = functionName(address);
        if (line.isPresent()) {
            return line.get().file().name()
                    + ":"
                    + line.get().line()
                    + (function.isEmpty() ? "" : " in " + function);
        }
        return function.isEmpty() ? String.format("0x%08x", address) : function;
    }

    /** Name of the function around an address; empty when unknown. */
    public String functionName(int address) {
        Optional<String> debug = program.functionAt(address).map(Function::name);
        return debug.or(() -> program.describe(address).map(d -> d.replaceAll("\\+.*", "")))
                .orElse("");
    }
}
