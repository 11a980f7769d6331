package dev.microvisor.cli;

import dev.microvisor.analysis.settings.RuleChoice;
import dev.microvisor.analysis.settings.Suggestion;
import dev.microvisor.cli.report.RulePage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All rules with their pages. */
record RuleBook(List<RulePage> pages) {
    RuleBook {
        pages = List.copyOf(pages);
    }

    Optional<RulePage> page(String id) {
        return pages.stream().filter(p -> p.id().equals(id)).findFirst();
    }

    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        pages.forEach(page -> ids.add(page.id()));
        return ids;
    }

    /** Refuses names that are no rules: a typing mistake must not silence the linter. */
    void check(List<String> wanted, String option) {
        for (String id : wanted) {
            if (!ids().contains(id) && !id.equals(RuleChoice.ALL)) {
                throw new UserError(
                        "there is no rule '" + id + "' for " + option,
                        Suggestion.among(ids(), id)
                                .map(s -> "did you mean '" + s + "'?")
                                .orElse("microvisor rules"));
            }
        }
    }
}
