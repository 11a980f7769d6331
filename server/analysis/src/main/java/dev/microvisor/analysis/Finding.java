package dev.microvisor.analysis;

import java.util.List;

/**
 * A breach of the contract.
 *
 * @param rule id of the rule, see {@code Rules}
 * @param range the place to look at and to underline
 * @param function name of the enclosing function, or empty at file level
 * @param message what is wrong, one sentence
 * @param why what happens because of it; empty when the message says it all
 * @param help what to do
 * @param path the steps that lead here, in order
 */
public record Finding(
        String rule,
        Severity severity,
        SourceRange range,
        String function,
        String message,
        String why,
        String help,
        List<Note> path,
        List<Fix> fixes) {
    public Finding {
        path = List.copyOf(path);
        fixes = List.copyOf(fixes);
    }
}
