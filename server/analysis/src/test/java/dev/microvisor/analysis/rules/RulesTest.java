package dev.microvisor.analysis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final List<String> HEADINGS =
            List.of(
                    "## What it flags",
                    "## Why",
                    "## Bad",
                    "## Good",
                    "## How to fix",
                    "## When to allow",
                    "## Source");

    @Test
    void rulesAreSortedAndHaveOwnIds() {
        List<String> ids = Rules.all().stream().map(r -> r.info().id()).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aliasesAreNamesOfNoOtherRule() {
        List<String> names =
                Rules.all().stream()
                        .map(Rule::info)
                        .flatMap(i -> Stream.concat(Stream.of(i.id()), i.aliases().stream()))
                        .toList();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(Rules.idOf("stack-buffer")).isEqualTo("buffer-lifetime");
        assertThat(Rules.page("stack-buffer")).isEqualTo(Rules.page("buffer-lifetime"));
    }

    @Test
    void everyPageHasAllHeadingsInOrder() {
        for (Rule rule : Rules.all()) {
            String id = rule.info().id();
            String page = Rules.page(id);
            assertThat(page).as(id).startsWith("# " + id + "\n");
            assertThat(page.lines().filter(l -> l.startsWith("## ")).toList())
                    .as(id)
                    .isEqualTo(HEADINGS);
        }
    }

    @Test
    void everyClassIsNamedAsItsRule() {
        for (Rule rule : Rules.all()) {
            StringBuilder name = new StringBuilder();
            for (String word : rule.info().id().split("-")) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
            assertThat(rule.getClass().getSimpleName()).isEqualToIgnoringCase(name.toString());
        }
    }
}
