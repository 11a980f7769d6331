package dev.microvisor.dap.view;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.motion.CodeMap;
import dev.microvisor.symbols.Program;
import dev.microvisor.symbols.frame.Backtrace;
import dev.microvisor.symbols.frame.Frame;
import dev.microvisor.symbols.frame.PhysicalFrame;
import dev.microvisor.symbols.scope.Variable;
import dev.microvisor.symbols.target.FrameContext;
import dev.microvisor.symbols.value.ValueFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The call stack and the values in its frames, read from the machine where it stands. */
public final class StackView {
    /** Enough to find the caller behind any inlined functions. */
    private static final int FRAMES_TO_CALLER = 32;

    private final Target target;
    private final Program program;
    private final MachineContext context;
    private Optional<Backtrace> backtrace = Optional.empty();

    public StackView(Target target) {
        this.target = target;
        this.program = target.program();
        this.context = new MachineContext(target.machine());
    }

    /** What was read is no longer true. */
    public void forget() {
        backtrace = Optional.empty();
    }

    /** All frames, innermost first. */
    public List<Frame> frames() {
        if (backtrace.isEmpty()) {
            backtrace = Optional.of(program.backtrace(context));
        }
        return backtrace.get().frames();
    }

    public List<Node> arguments(int frame, ValueFormat format) {
        Frame in = frames().get(frame);
        return nodes(program.parameters(in), in, format);
    }

    public List<Node> locals(int frame, ValueFormat format) {
        Frame in = frames().get(frame);
        return nodes(program.locals(in), in, format);
    }

    /** Static and global variables of the frame's file; of the whole program when it has none. */
    public List<Node> statics(int frame, ValueFormat format) {
        Frame in = frames().get(frame);
        List<Variable> ofFile = program.globals(in);
        return nodes(ofFile.isEmpty() ? program.globals() : ofFile, in, format);
    }

    private List<Node> nodes(List<Variable> variables, Frame frame, ValueFormat format) {
        List<Node> rows = new ArrayList<>();
        for (Variable variable : variables) {
            rows.add(
                    ValueRows.node(
                            program.renderer(format)
                                    .node(
                                            variable.name(),
                                            program.value(variable, frame),
                                            variable.name())));
        }
        return rows;
    }

    public Evaluation evaluate(int frame, String expression, ValueFormat format) {
        List<Node> visible = new ArrayList<>(locals(frame, format));
        visible.addAll(arguments(frame, format));
        visible.addAll(nodes(program.globals(), frames().get(frame), format));
        return visible.stream()
                .filter(n -> n.name().equals(expression))
                .findFirst()
                .map(n -> Evaluation.of(n, !n.value().equals("0")))
                .orElseGet(() -> Evaluation.failed("no symbol '" + expression + "' here"));
    }

    /** Why an expression can never be evaluated; empty when it may be. */
    public Optional<String> syntaxProblem(String expression) {
        return Optional.empty();
    }

    /** Where the innermost function returns to, or what its exception handler interrupted. */
    public Optional<CodeMap.Caller> caller() {
        List<Frame> frames = program.backtrace(context, FRAMES_TO_CALLER).frames();
        PhysicalFrame innermost = frames.get(0).physical();
        for (Frame frame : frames) {
            boolean other = frame.physical() != innermost && frame.kind() != Frame.Kind.EXCEPTION;
            if (other && frame.kind() != Frame.Kind.TAIL_CALL) {
                OptionalInt sp = frame.registers().register(FrameContext.SP);
                return sp.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new CodeMap.Caller((int) frame.pc() & ~1, sp.getAsInt()));
            }
        }
        return Optional.empty();
    }

    /** Identifies the stack frame of the innermost function. */
    public Optional<Integer> frameAddress() {
        OptionalLong address = program.backtrace(context, 1).frames().get(0).canonicalAddress();
        return address.isPresent() ? Optional.of((int) address.getAsLong()) : Optional.empty();
    }

    Target target() {
        return target;
    }
}
