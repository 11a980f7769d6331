package dev.microvisor.cli;

import dev.microvisor.analysis.rules.RuleInfo;
import dev.microvisor.analysis.rules.Rules;
import dev.microvisor.analysis.settings.RuleChoice;
import dev.microvisor.analysis.settings.Suggestion;
import dev.microvisor.cli.report.RulePage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All rules with their pages. */
record RuleBook(List<RulePage> pages) {
    RuleBook {
        pages = List.copyOf(pages);
    }

    /** The rules that this program has. */
    static RuleBook bundled() {
        return new RuleBook(Rules.all().stream().map(rule -> page(rule.info())).toList());
    }

    private static RulePage page(RuleInfo info) {
        List<String> tags =
                info.tags().stream()
                        .map(tag -> tag.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .sorted()
                        .toList();
        return new RulePage(
                info.id(), info.severity(), info.fixing(), tags, () -> Rules.page(info.id()));
    }

    Optional<RulePage> page(String id) {
        String meant = Rules.idOf(id);
        return pages.stream().filter(p -> p.id().equals(meant)).findFirst();
    }

    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        pages.forEach(page -> ids.add(page.id()));
        return ids;
    }

    /** Refuses names that are no rules: a typing mistake must not silence the linter. */
    void check(List<String> wanted, String option) {
        for (String id : wanted) {
            if (!ids().contains(Rules.idOf(id)) && !id.equals(RuleChoice.ALL)) {
                throw new UserError(
                        "there is no rule '" + id + "' for " + option,
                        Suggestion.among(ids(), bare(id))
                                .map(s -> "did you mean '" + s + "'?")
                                .orElse("microvisor rules"));
            }
        }
    }

    /** The name without what comments and other tools put before it. */
    private static String bare(String id) {
        String lower = id.toLowerCase(Locale.ROOT).replace('_', '-');
        return lower.startsWith("microvisor-") ? lower.substring("microvisor-".length()) : lower;
    }
}
