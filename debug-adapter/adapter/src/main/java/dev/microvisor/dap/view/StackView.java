package dev.microvisor.dap.view;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.motion.CodeMap;
import dev.microvisor.symbols.Program;
import dev.microvisor.symbols.expression.ExpressionException;
import dev.microvisor.symbols.expression.TargetWriter;
import dev.microvisor.symbols.frame.Backtrace;
import dev.microvisor.symbols.frame.Frame;
import dev.microvisor.symbols.frame.PhysicalFrame;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.scope.Variable;
import dev.microvisor.symbols.target.FrameContext;
import dev.microvisor.symbols.value.Value;
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

    private final Program program;
    private final FrameContext context;
    private final TargetWriter writer;
    private Optional<Backtrace> backtrace = Optional.empty();
    private boolean written;

    /** Notes that something is changed, for those who show it. */
    private final class NotingWriter implements TargetWriter {
        @Override
        public boolean writeMemory(long address, byte[] bytes) {
            written = true;
            return writer.writeMemory(address, bytes);
        }

        @Override
        public boolean writeRegister(int number, int value) {
            written = true;
            return writer.writeRegister(number, value);
        }

        @Override
        public boolean writeNamed(String name, int value) {
            written = true;
            return writer.writeNamed(name, value);
        }
    }

    public StackView(Target target) {
        this.program = target.program();
        this.context = new MachineContext(target.machine());
        this.writer = new MachineWriter(target.machine());
    }

    /** The stack of a task that does not run, from the registers that it saved. */
    public StackView(Target target, FrameContext saved) {
        this.program = target.program();
        this.context = saved;
        this.writer = new SavedWriter(target.machine());
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

    /** The registers of a frame as rows; those that are not known are left out. */
    public List<Node> registers(int frame) {
        FrameContext in = frames().get(frame).registers();
        List<Node> rows = new ArrayList<>();
        for (String name : RegisterNodes.CORE) {
            OptionalInt value = in.register(rows.size());
            rows.add(
                    value.isPresent()
                            ? RegisterNodes.row(name, value.getAsInt())
                            : Node.leaf(name, "not known in this frame"));
        }
        in.named("xpsr").ifPresent(value -> rows.add(RegisterNodes.row("xpsr", value)));
        in.named("psp").ifPresent(value -> rows.add(RegisterNodes.row("psp", value)));
        return rows;
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

    /** The value of a C expression in a frame. Changes nothing and calls nothing. */
    public Evaluation evaluate(int frame, String expression, ValueFormat format) {
        try {
            Value value = program.evaluate(expression, frames().get(frame));
            return evaluation(value, expression, format);
        } catch (ExpressionException | UnavailableException e) {
            return Evaluation.failed(e.getMessage());
        }
    }

    /** The value of an expression written in full, to be copied. */
    public Evaluation copy(int frame, String expression, ValueFormat format) {
        try {
            Value value = program.evaluate(expression, frames().get(frame));
            String text = program.renderer(format).whole().text(value);
            return Evaluation.of(Node.leaf(expression, text), isTrue(value));
        } catch (ExpressionException | UnavailableException e) {
            return Evaluation.failed(e.getMessage());
        }
    }

    /** Whether the last {@link #execute} changed something. */
    public boolean hasWritten() {
        return written;
    }

    /** As {@link #evaluate}, for an expression that may assign. */
    public Evaluation execute(int frame, String expression, ValueFormat format) {
        written = false;
        try {
            Value value = program.execute(expression, frames().get(frame), new NotingWriter());
            return evaluation(value, "", format);
        } catch (ExpressionException | UnavailableException e) {
            return Evaluation.failed(e.getMessage());
        }
    }

    /** Gives a place that an expression names a new value, and answers what it is then. */
    public Evaluation assign(int frame, String place, String newValue, ValueFormat format) {
        try {
            Value value = program.assign(place, newValue, frames().get(frame), writer);
            return evaluation(value, place, format);
        } catch (ExpressionException | UnavailableException e) {
            return Evaluation.failed(e.getMessage());
        }
    }

    private Evaluation evaluation(Value value, String expression, ValueFormat format) {
        Node node = ValueRows.node(program.renderer(format).node(expression, value, expression));
        return Evaluation.of(node, isTrue(value));
    }

    /**
     * Whether an expression is true in the innermost frame; no other frame is looked for.
     *
     * @throws ExpressionException when it cannot be evaluated
     * @throws UnavailableException when something in it has no value
     */
    public boolean isTrue(String expression) {
        Frame innermost = program.backtrace(context, 1).frames().get(0);
        return isTrue(program.evaluate(expression, innermost));
    }

    /** As C has it; a value that is no number counts as true. */
    private static boolean isTrue(Value value) {
        try {
            return value.asDouble() != 0;
        } catch (UnavailableException e) {
            return true;
        }
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

    /** The same of the function that called it. */
    public Optional<Integer> callerFrameAddress() {
        List<Frame> frames = program.backtrace(context, FRAMES_TO_CALLER).frames();
        PhysicalFrame innermost = frames.get(0).physical();
        return frames.stream()
                .filter(f -> f.physical() != innermost && f.kind() != Frame.Kind.EXCEPTION)
                .findFirst()
                .flatMap(
                        f ->
                                f.canonicalAddress().isPresent()
                                        ? Optional.of((int) f.canonicalAddress().getAsLong())
                                        : Optional.empty());
    }
}
