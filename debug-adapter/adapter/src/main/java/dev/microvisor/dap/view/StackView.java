package dev.microvisor.dap.view;

import dev.microvisor.dap.motion.CodeMap;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.emulator.machine.Registers;
import java.util.List;
import java.util.Optional;

/** The call stack and the values in its frames, read from the machine where it stands. */
public final class StackView {
    private final Target target;

    public StackView(Target target) {
        this.target = target;
    }

    /** What was read is no longer true. */
    public void forget() {}

    public List<Frame> frames() {
        int pc = target.machine().registers().get(Registers.PC);
        return List.of(
                new Frame(
                        0,
                        target.functionName(pc),
                        pc,
                        target.program().lineAt(pc),
                        false,
                        ""));
    }

    public List<Node> arguments(int frame) {
        return List.of();
    }

    public List<Node> locals(int frame) {
        return List.of();
    }

    public List<Node> statics(int frame) {
        return List.of();
    }

    public Evaluation evaluate(int frame, String expression) {
        return Evaluation.failed("expressions are not evaluated yet");
    }

    public Optional<String> syntaxProblem(String expression) {
        return Optional.empty();
    }

    public Optional<CodeMap.Caller> caller() {
        return Optional.empty();
    }

    public Optional<Integer> frameAddress() {
        return Optional.empty();
    }
}
