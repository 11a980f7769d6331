package dev.microvisor.analysis;

import java.nio.file.Path;
import java.util.List;

/**
 * What an analysis found, sorted by file and place.
 *
 * @param files the files analysed
 */
public record LintResult(List<Path> files, List<Finding> findings, List<Problem> problems) {
    public LintResult {
        files = List.copyOf(files);
        findings = List.copyOf(findings);
        problems = List.copyOf(problems);
    }
}
