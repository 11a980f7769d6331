package dev.microvisor.dap.request;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.dap.breakpoint.ExceptionBreakpoints.Chosen;
import dev.microvisor.dap.breakpoint.ExceptionFilter;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.BreakpointNotVerifiedReason;
import org.eclipse.lsp4j.debug.ExceptionFilterOptions;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsResponse;

/**
 * {@code setExceptionBreakpoints}: which faults and doings of Microvisor stop. Answers one
 * breakpoint for each filter, those with options last, as the protocol wants.
 */
public final class SetExceptionBreakpoints
        implements Handler<SetExceptionBreakpointsArguments, SetExceptionBreakpointsResponse> {
    private final Session session;

    public SetExceptionBreakpoints(Session session) {
        this.session = session;
    }

    @Override
    public SetExceptionBreakpointsResponse handle(SetExceptionBreakpointsArguments arguments) {
        Debugged debugged = session.debugged();
        Map<ExceptionFilter, Chosen> chosen = new EnumMap<>(ExceptionFilter.class);
        List<Breakpoint> answers = new ArrayList<>();
        if (arguments.getFilters() != null) {
            for (String id : arguments.getFilters()) {
                answers.add(choose(debugged, id, "", chosen));
            }
        }
        if (arguments.getFilterOptions() != null) {
            for (ExceptionFilterOptions options : arguments.getFilterOptions()) {
                String condition =
                        options.getCondition() == null ? "" : options.getCondition().strip();
                answers.add(choose(debugged, options.getFilterId(), condition, chosen));
            }
        }
        debugged.breakpoints().exceptions().replace(chosen);
        debugged.target().stopAt(debugged.breakpoints().exceptions());
        SetExceptionBreakpointsResponse response = new SetExceptionBreakpointsResponse();
        response.setBreakpoints(answers.toArray(Breakpoint[]::new));
        return response;
    }

    private static Breakpoint choose(
            Debugged debugged, String id, String condition, Map<ExceptionFilter, Chosen> chosen) {
        Breakpoint answer = new Breakpoint();
        Optional<ExceptionFilter> filter = ExceptionFilter.of(id);
        Optional<String> problem =
                filter.isEmpty()
                        ? Optional.of("there is no filter '" + id + "'")
                        : problemOf(debugged, filter.get(), condition);
        if (problem.isPresent()) {
            answer.setVerified(false);
            answer.setReason(BreakpointNotVerifiedReason.FAILED);
            answer.setMessage(problem.get());
            return answer;
        }
        int number = debugged.breakpoints().newId();
        chosen.put(filter.get(), new Chosen(number, condition));
        answer.setId(number);
        answer.setVerified(true);
        return answer;
    }

    private static Optional<String> problemOf(
            Debugged debugged, ExceptionFilter filter, String condition) {
        if (filter.event().isEmpty()) {
            return condition.isEmpty()
                    ? Optional.empty()
                    : debugged.target()
                            .program()
                            .syntaxProblem(condition)
                            .map(p -> "condition '" + condition + "': " + p);
        }
        for (String word : condition.split("[\\s,|!]+")) {
            if (word.matches("(?i)(mv|MV_)\\w+") && !isKnown(word)) {
                return Optional.of(
                        "condition '"
                                + condition
                                + "': Microvisor has no call, status or event type "
                                + word);
            }
        }
        return Optional.empty();
    }

    private static boolean isKnown(String name) {
        Catalog catalog = Catalog.bundled();
        return catalog.call(name).isPresent() || catalog.constant(name).isPresent();
    }
}
