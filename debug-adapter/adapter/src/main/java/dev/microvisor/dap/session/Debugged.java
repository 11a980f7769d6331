package dev.microvisor.dap.session;

import dev.microvisor.dap.breakpoint.BreakpointTable;
import dev.microvisor.dap.console.Console;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.motion.CodeMap;
import dev.microvisor.dap.motion.Execution;
import dev.microvisor.dap.view.GuestThreads;
import dev.microvisor.dap.view.Interrupts;
import dev.microvisor.dap.view.MicrovisorScope;
import dev.microvisor.dap.view.OpenRow;
import dev.microvisor.dap.view.ProgramCode;
import dev.microvisor.dap.view.References;
import dev.microvisor.dap.view.RegisterNodes;
import dev.microvisor.dap.view.StackView;
import dev.microvisor.emulator.history.History;
import dev.microvisor.symbols.frame.Frame;
import dev.microvisor.symbols.line.SourceFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The firmware of a session with all that a debugger keeps about it. What is computed at a stop is
 * kept until the firmware goes on. Belongs to the machine's thread.
 */
public final class Debugged {
    private final Target target;
    private final LaunchOptions options;
    private final BreakpointTable breakpoints;
    private final Execution execution;
    private final ProgramCode code;
    private final RunFeed feed;
    private final Console console;
    private final StackView stack;
    private final GuestThreads threads;
    private final References<OpenRow> openRows = new References<>();
    private final References<Integer> codePlaces = new References<>();
    private final Set<String> warnedAbout = new HashSet<>();
    private Optional<MicrovisorScope> microvisor = Optional.empty();

    public Debugged(Target target, LaunchOptions options, RunFeed feed) {
        this.target = target;
        this.options = options;
        this.feed = feed;
        this.stack = new StackView(target);
        this.threads = new GuestThreads(target, stack);
        this.code = new ProgramCode(target, stack);
        this.breakpoints =
                new BreakpointTable(
                        new FrameConditions(stack), p -> feed.logPoint(p.text(), p.address()));
        this.console = new Console(target, this::microvisor, this::stack, () -> threads);
        this.execution = new Execution(target.machine(), breakpoints, target::crashed);
    }

    public Target target() {
        return target;
    }

    public LaunchOptions options() {
        return options;
    }

    /** The machine's past; a request that needs it fails when nothing is remembered. */
    public History history() {
        return target.history()
                .orElseThrow(() -> new RequestFailed("this session does not remember its past"));
    }

    public BreakpointTable breakpoints() {
        return breakpoints;
    }

    public Execution execution() {
        return execution;
    }

    public CodeMap code() {
        return code;
    }

    /** Call stack of now, innermost first. */
    public List<Frame> frames() {
        return stack.frames();
    }

    public StackView stack() {
        return stack;
    }

    /** The tasks of the firmware, or the one core. */
    public GuestThreads threads() {
        return threads;
    }

    /** The commands that people type. */
    public Console console() {
        return console;
    }

    public RegisterNodes registers() {
        return new RegisterNodes(target.machine().registers());
    }

    /** What Microvisor holds now. */
    public MicrovisorScope microvisor() {
        if (microvisor.isEmpty()) {
            microvisor =
                    Optional.of(
                            new MicrovisorScope(
                                    target.kernel(),
                                    new Interrupts(target.machine()),
                                    target::describe,
                                    options.showSecrets()));
        }
        return microvisor.get();
    }

    /** Rows that the client can open, by number. */
    public References<OpenRow> openRows() {
        return openRows;
    }

    /** Code addresses that the client can go to, by number. */
    public References<Integer> codePlaces() {
        return codePlaces;
    }

    /** Recorded files that a path of the client stands for. */
    public List<SourceFile> filesFor(String clientPath) {
        List<SourceFile> all = target.program().sourceFiles();
        List<String> names =
                target.sources()
                        .recordedFor(clientPath, all.stream().map(SourceFile::path).toList());
        return all.stream().filter(f -> names.contains(f.path())).toList();
    }

    /** True the first time that it is asked about a file. */
    public boolean isNewsOf(String path) {
        return warnedAbout.add(path);
    }

    /** The firmware goes on: nothing that was shown is true any more. */
    public void resumed() {
        forgetViews();
        openRows.clear();
        codePlaces.clear();
    }

    /** Memory or registers were changed while the firmware stands still. */
    public void forgetViews() {
        stack.forget();
        threads.forget();
        microvisor = Optional.empty();
    }

    /** The machine has moved: views made while it runs are of the past. */
    public void afterSlice() {
        forgetViews();
        feed.flush();
    }

    /** Sends what is still held back. */
    public void flushOutput() {
        feed.flush();
    }
}
