package dev.microvisor.analysis.settings;

import java.util.List;

/** An {@code [[override]]}: rules for the paths that match one of {@code paths}. */
public record PathRules(List<String> paths, RuleChoice rules) {
    public PathRules {
        paths = List.copyOf(paths);
    }
}
