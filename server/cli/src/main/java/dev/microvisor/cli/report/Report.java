package dev.microvisor.cli.report;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Severity;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a format may write down.
 *
 * @param result findings and problems that the user wants to see
 * @param sources the texts that the ranges speak about
 * @param rules all rules, for formats that explain them
 * @param base folder that paths are written relative to
 * @param version of this program
 * @param style colours, for formats that people read
 */
public record Report(
        LintResult result,
        Sources sources,
        List<RulePage> rules,
        Path base,
        String version,
        Style style) {

    public Report {
        rules = List.copyOf(rules);
    }

    public List<Finding> findings() {
        return result.findings();
    }

    /** A path for the reader: relative to the base where it is below it, with forward slashes. */
    public String path(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(base) ? base.relativize(absolute) : absolute;
        String text = shown.toString().replace('\\', '/');
        return text.isEmpty() ? "." : text;
    }

    public long count(Severity severity) {
        return findings().stream().filter(f -> f.severity() == severity).count();
    }
}
