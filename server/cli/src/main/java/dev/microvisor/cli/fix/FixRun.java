package dev.microvisor.cli.fix;

import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.text.FixPlan;
import dev.microvisor.analysis.text.SourceText;
import dev.microvisor.cli.report.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes fixes in memory until nothing is left to fix: one fix may make room for another, so the
 * sources are looked at again after each round.
 */
public final class FixRun {
    /** A fix that does not silence its finding would go on for ever. */
    static final int MAX_ROUNDS = 10;

    private final Function<Map<Path, String>, LintResult> lint;
    private final Sources sources;
    private final boolean unsafeToo;

    /**
     * @param lint what is found when these contents replace those on disk
     * @param sources the texts before any fix
     */
    public FixRun(
            Function<Map<Path, String>, LintResult> lint, Sources sources, boolean unsafeToo) {
        this.lint = lint;
        this.sources = sources;
        this.unsafeToo = unsafeToo;
    }

    /**
     * What came of it.
     *
     * @param changed the new texts of the files that changed
     * @param rest what is found in them
     * @param fixed number of findings that were mended
     */
    public record Result(Map<Path, SourceText> changed, LintResult rest, int fixed) {
        /** The contents that replace those on disk. */
        public Map<Path, String> overlays() {
            Map<Path, String> overlays = new TreeMap<>();
            changed.forEach((file, text) -> overlays.put(file, text.content()));
            return overlays;
        }
    }

    /**
     * @param overlays contents that replace those on disk from the start
     */
    public Result run(Map<Path, String> overlays) {
        Map<Path, SourceText> changed = new TreeMap<>();
        Map<Path, String> contents = new TreeMap<>(overlays);
        LintResult found = lint.apply(contents);
        int fixed = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            FixPlan plan = FixPlan.of(found.findings(), unsafeToo);
            if (plan.fixed().isEmpty()) {
                break;
            }
            for (Map.Entry<Path, List<TextEdit>> edits : plan.edits().entrySet()) {
                Path file = edits.getKey();
                SourceText before = changed.getOrDefault(file, sources.of(file));
                SourceText after = before.with(edits.getValue());
                changed.put(file, after);
                contents.put(file, after.content());
            }
            fixed += plan.fixed().size();
            found = lint.apply(contents);
        }
        return new Result(changed, found, fixed);
    }
}
