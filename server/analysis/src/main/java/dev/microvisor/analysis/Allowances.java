package dev.microvisor.analysis;

import dev.microvisor.analysis.frontend.SourceCache;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.analysis.ir.Unit;
import dev.microvisor.analysis.rules.Rule;
import dev.microvisor.analysis.rules.RuleInfo;
import dev.microvisor.analysis.rules.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drops the findings that comments allow, and tells of comments that allow nothing. */
final class Allowances {
    private final SourceCache sources;
    private final List<Program> programs;
    private final Map<Path, Optional<Suppressions>> byFile = new HashMap<>();

    Allowances(SourceCache sources, List<Program> programs) {
        this.sources = sources;
        this.programs = programs;
    }

    /**
     * @param files whose comments are judged; none while somebody types, when few rules speak
     */
    List<Finding> apply(List<Finding> findings, List<Path> files) {
        List<Finding> left = new ArrayList<>();
        for (Finding finding : findings) {
            Optional<Suppressions> comments = of(finding.range().file());
            if (comments.isEmpty() || !comments.get().allow(finding)) {
                left.add(finding);
            }
        }
        for (Path file : files) {
            of(file).map(s -> new SuppressionReports(s, file, rule -> isActive(rule, file)))
                    .ifPresent(reports -> left.addAll(reports.findings()));
        }
        return left;
    }

    private Optional<Suppressions> of(Path file) {
        return byFile.computeIfAbsent(file, f -> sources.text(f).map(Suppressions::new));
    }

    /**
     * True when a rule could have spoken about a file: its text was understood and, unless the rule
     * needs nothing else, the whole program was there.
     */
    private boolean isActive(String rule, Path file) {
        boolean quick =
                Rules.find(rule).map(Rule::info).filter(i -> i.is(RuleInfo.Tag.QUICK)).isPresent();
        List<Program> around =
                programs.stream()
                        .filter(p -> p.units().stream().anyMatch(u -> u.file().equals(file)))
                        .toList();
        boolean understood =
                around.stream()
                        .flatMap(p -> p.units().stream())
                        .filter(u -> quick ? u.file().equals(file) : true)
                        .allMatch(Unit::complete);
        return understood
                && !around.isEmpty()
                && (quick || around.stream().allMatch(Program::isWhole));
    }
}
