package dev.microvisor.cli.report;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.rules.RuleInfo;
import java.util.List;

/**
 * What a report may say about a rule.
 *
 * @param summary one sentence
 * @param markdown its page
 */
public record RulePage(
        String id,
        Severity severity,
        RuleInfo.Fixing fixing,
        String summary,
        String markdown,
        List<String> tags) {
    public RulePage {
        tags = List.copyOf(tags);
    }
}
