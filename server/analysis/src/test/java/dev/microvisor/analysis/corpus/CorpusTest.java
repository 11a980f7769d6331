package dev.microvisor.analysis.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Correct firmware in the styles of many teams: silent as it is, and loud once it is spoiled. */
class CorpusTest {
    /** Sites of one mutator in one project; {@code -Dmutations=all} takes every one. */
    private static final int SITES =
            System.getProperty("mutations", "").equals("all") ? Integer.MAX_VALUE : 1;

    private static final List<Project> PROJECTS = Project.all();

    static Stream<Project> projects() {
        return PROJECTS.stream();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void correctFirmwareIsSilent(Project project) {
        assertThat(project.result(Map.of()).problems()).noneMatch(p -> p.line().isPresent());
        assertThat(project.lint(Map.of()))
                .extracting(
                        f ->
                                f.range().file().getFileName()
                                        + ":"
                                        + (f.range().startLine() + 1)
                                        + " "
                                        + f.rule()
                                        + ": "
                                        + f.message())
                .isEmpty();
    }

    @Test
    void everyMistakeIsCaughtByItsRule() throws IOException {
        List<Mutation> all = new ArrayList<>();
        for (Project project : PROJECTS) {
            all.addAll(Seeds.of(project));
            for (Mutator mutator : Mutators.ALL) {
                // A quarter of the pairs, each mutator in other projects; all of them take minutes.
                if (SITES == 1
                        && (Mutators.ALL.indexOf(mutator) + PROJECTS.indexOf(project)) % 4 > 0) {
                    continue;
                }
                List<Mutation> here = mutator.apply(project);
                all.addAll(here.subList(0, Math.min(here.size(), SITES)));
            }
        }
        List<Outcome> outcomes = all.parallelStream().map(m -> new Outcome(m, m.caught())).toList();
        Map<String, int[]> table = new TreeMap<>();
        List<String> missed = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            int[] row = table.computeIfAbsent(outcome.row(), r -> new int[2]);
            row[outcome.finding().isPresent() ? 0 : 1]++;
            if (outcome.finding().isEmpty()) {
                missed.add(outcome.mutation() + outcome.mutation().instead());
            }
        }
        StringBuilder text = new StringBuilder("| mutation | rule | caught |\n|---|---|---|\n");
        table.forEach(
                (row, n) -> text.append("| %s | %d of %d |\n".formatted(row, n[0], n[0] + n[1])));
        Files.writeString(Path.of("target/mutations.md"), text);
        assertThat(missed).as(missed.size() + " of " + all.size() + " mutations").isEmpty();
    }

    private record Outcome(Mutation mutation, Optional<Finding> finding) {
        String row() {
            return mutation.kind()
                    + " | "
                    + finding.map(Finding::rule)
                            .orElseGet(() -> String.join(", ", mutation.rules()));
        }
    }
}
