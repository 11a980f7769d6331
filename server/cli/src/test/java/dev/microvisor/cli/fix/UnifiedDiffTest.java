package dev.microvisor.cli.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
    @Test
    void equalTextsHaveNoDiff() {
        assertThat(UnifiedDiff.of("f.c", "a\n", "a\n")).isEmpty();
    }

    @Test
    void farChangesAreHunksOfTheirOwn() {
        String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
        String after = before.replace("1\n2", "one\n2").replace("12\n", "");
        assertThat(UnifiedDiff.of("f.c", before, after))
                .isEqualTo(
                        """
                        --- a/f.c
                        +++ b/f.c
                        @@ -1,4 +1,4 @@
                        -1
                        +one
                         2
                         3
                         4
                        @@ -9,4 +9,3 @@
                         9
                         10
                         11
                        -12
                        """);
    }

    @Test
    void aMissingNewlineAtTheEndIsSaid() {
        assertThat(UnifiedDiff.of("f.c", "a", "b"))
                .endsWith("-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n");
    }

    /** Applies hunks as {@code patch} does, for many seeded pairs of texts. */
    @Test
    void everyDiffLeadsFromOneTextToTheOther() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<String> before = lines(random, random.nextInt(30));
            List<String> after = new ArrayList<>(before);
            for (int i = random.nextInt(6); i > 0; i--) {
                int at = random.nextInt(after.size() + 1);
                if (random.nextBoolean() && at < after.size()) {
                    after.remove(at);
                } else {
                    after.addAll(at, lines(random, 1 + random.nextInt(3)));
                }
            }
            String a = String.join("", before);
            String b = String.join("", after);
            assertThat(apply(before, UnifiedDiff.of("f", a, b))).as("seed " + seed).isEqualTo(b);
        }
    }

    private static List<String> lines(Random random, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add((char) ('a' + random.nextInt(4)) + "\n");
        }
        return lines;
    }

    private static String apply(List<String> before, String diff) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (String line : diff.lines().toList()) {
            if (line.startsWith("---") || line.startsWith("+++")) {
                continue;
            }
            if (line.startsWith("@@")) {
                String[] range = line.split(" ")[1].substring(1).split(",");
                int start = Integer.parseInt(range[0]);
                int count = range.length == 1 ? 1 : Integer.parseInt(range[1]);
                int first = count == 0 ? start : start - 1;
                while (at < first) {
                    result.append(before.get(at++));
                }
            } else if (line.startsWith("+")) {
                result.append(line.substring(1)).append('\n');
            } else {
                assertThat(before.get(at)).isEqualTo(line.substring(1) + "\n");
                if (line.startsWith(" ")) {
                    result.append(before.get(at));
                }
                at++;
            }
        }
        while (at < before.size()) {
            result.append(before.get(at++));
        }
        return result.toString();
    }
}
