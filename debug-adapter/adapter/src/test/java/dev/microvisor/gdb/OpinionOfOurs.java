package dev.microvisor.gdb;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.view.MachineContext;
import dev.microvisor.symbols.Program;
import dev.microvisor.symbols.frame.Frame;
import dev.microvisor.symbols.scope.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes down what our symbols say about the machine where it stands, in oracle.py's terms. */
final class OpinionOfOurs {
    private final Program program;
    private final MachineContext context;

    OpinionOfOurs(Target target) {
        program = target.program();
        context = new MachineContext(target.machine());
    }

    Opinion now() {
        Opinion opinion = new Opinion();
        List<Frame> frames = program.backtrace(context).frames();
        for (Frame frame : frames) {
            int line = frame.position().map(at -> at.line()).orElse(0);
            Opinion.Seen seen = new Opinion.Seen(kind(frame), line, name(frame));
            List<Variable> variables = new ArrayList<>(program.parameters(frame));
            variables.addAll(program.locals(frame));
            add(variables, frame, seen.leaves);
            opinion.frames.add(seen);
        }
        add(program.globals(frames.get(0)), frames.get(0), opinion.globals);
        return opinion;
    }

    private void add(List<Variable> variables, Frame frame, Map<String, String> into) {
        for (Variable variable : variables) {
            if (!variable.shadowed()) {
                ValueLeaves.add(variable.name(), program.value(variable, frame), into);
            }
        }
    }

    private static String kind(Frame frame) {
        return switch (frame.kind()) {
            case CALL -> "call";
            case INLINED -> "inline";
            case TAIL_CALL -> "tail";
            case EXCEPTION -> "exception";
        };
    }

    /** The functions of libgcc, in assembly, have several names each: any of them will do. */
    private static String name(Frame frame) {
        boolean library = frame.function().isEmpty() || frame.name().startsWith("__");
        return library ? "?" : frame.name();
    }
}
