package dev.microvisor.dap.request;

import dev.microvisor.dap.breakpoint.BreakpointTable;
import dev.microvisor.dap.breakpoint.BreakpointTable.Wanted;
import dev.microvisor.dap.breakpoint.CodeBreakpoint.Wish;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.symbols.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.BreakpointNotVerifiedReason;

/**
 * Collects the breakpoints of one request and their answers, in order, and then sets them. Those
 * that cannot be set have an answer that says why.
 */
final class CodeBreakpoints {
    private final Debugged debugged;
    private final List<Wanted> wanted = new ArrayList<>();
    private final List<Breakpoint> answers = new ArrayList<>();

    CodeBreakpoints(Debugged debugged) {
        this.debugged = debugged;
    }

    /** What is wrong with a wish, whatever it is on. */
    static Optional<String> problemOf(Wish wish, Program program) {
        Optional<String> syntax =
                wish.condition().isEmpty()
                        ? Optional.empty()
                        : program.syntaxProblem(wish.condition());
        return syntax.map(p -> "condition '" + wish.condition() + "': " + p)
                .or(() -> BreakpointTable.problemOf(wish));
    }

    void refuse(Breakpoint answer, String why) {
        answer.setVerified(false);
        answer.setMessage(why);
        answer.setReason(BreakpointNotVerifiedReason.FAILED);
        answers.add(answer);
    }

    void accept(Breakpoint answer, Wanted breakpoint) {
        answer.setVerified(true);
        answer.setInstructionReference(MemoryReference.of(breakpoint.addresses().get(0)));
        answers.add(answer);
        wanted.add(breakpoint);
    }

    /** Replaces the breakpoints of a group by these. */
    Breakpoint[] set(String group) {
        List<Integer> ids = debugged.breakpoints().replace(group, wanted);
        int next = 0;
        for (Breakpoint answer : answers) {
            if (answer.isVerified() && next < ids.size()) {
                answer.setId(ids.get(next++));
            }
        }
        return answers.toArray(Breakpoint[]::new);
    }
}
