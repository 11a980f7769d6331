package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
    @TempDir Path temp;
    private CommandLineFixture cli;

    @BeforeEach
    void makeTree() {
        cli = new CommandLineFixture(temp);
        cli.write(
                "trees/fw/app/main.c", "BAD one\nmvGetHClk(&x);\nBAD three\nfine\nBAD five\nBAD\n");
        cli.write("trees/fw/vendor/big.c", "x\n".repeat(5000));
    }

    @Test
    void defectsAndLookAlikesAreCountedByRuleAndCertaintyAndTheRestByLine() {
        cli.write(
                "labels.json",
                labels(
                        label("D1", 1, "defect", "certain"),
                        label("D2", 2, "defect", "certain", 2, 3),
                        label("D3", 4, "defect", "likely"),
                        label("T1", 4, "clean-trap", "certain"),
                        label("T2", 5, "clean-trap", "likely")));
        CommandLineFixture.Result result = cli.run("score", "labels.json", "trees");
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .isEqualTo(
                        """
                        | rule             | certain defects found | likely defects found | certain look-alikes flagged | likely look-alikes flagged |
                        |------------------|----------------------:|---------------------:|----------------------------:|---------------------------:|
                        | buffer-alignment |                2 of 2 |               0 of 1 |                      0 of 1 |                     1 of 1 |
                        | all              |                2 of 2 |               0 of 1 |                      0 of 1 |                     1 of 1 |

                        | tree | lines | reports | unlabelled | unlabelled per 1,000 lines |
                        |------|------:|--------:|-----------:|---------------------------:|
                        | fw   |     6 |       4 |          1 |                     166.67 |
                        | all  |     6 |       4 |          1 |                     166.67 |

                        missed likely defect D3: fw/app/main.c:4 [buffer-alignment]
                        flagged likely look-alike T2: fw/app/main.c:5 [buffer-alignment]

                        unlabelled: fw/app/main.c:6: error: 'BAD' is bad [buffer-alignment]
                        """);
        assertThat(result.code()).isZero();
    }

    @Test
    void aMissedCertainDefectOrAFlaggedCertainLookAlikeFails() {
        cli.write("labels.json", labels(label("D1", 4, "defect", "certain")));
        assertThat(cli.run("score", "labels.json", "trees").code()).isEqualTo(1);
        cli.write("labels.json", labels(label("T1", 1, "clean-trap", "certain")));
        assertThat(cli.run("score", "labels.json", "trees").code()).isEqualTo(1);
        cli.write("labels.json", labels(label("T1", 4, "clean-trap", "certain")));
        assertThat(cli.run("score", "labels.json", "trees").code()).isZero();
    }

    @Test
    void aTreeOrAFileThatIsNotThereIsNamedAndTheRestIsScored() {
        String good = label("D1", 1, "defect", "certain");
        cli.write("labels.json", labels(good, good.replace("/fw", "/elsewhere")));
        CommandLineFixture.Result noTree = cli.run("score", "labels.json", "trees");
        assertThat(noTree.code()).isEqualTo(2);
        assertThat(noTree.err()).contains("there is no tree").contains("elsewhere");
        assertThat(noTree.out()).contains("1 of 1");
        cli.write("labels.json", labels(good, good.replace("main.c", "gone.c")));
        CommandLineFixture.Result noFile = cli.run("score", "labels.json", "trees");
        assertThat(noFile.code()).isEqualTo(2);
        assertThat(noFile.err()).contains("gone.c, which does not exist");
    }

    @Test
    void aDefectOfARuleThatThereIsNotIsNamed() {
        cli.write(
                "labels.json",
                labels(label("D1", 1, "defect", "likely").replace("alignment", "smell")));
        assertThat(cli.run("score", "labels.json", "trees").err())
                .isEqualTo(
                        "microvisor: warning: label D1 wants a rule 'buffer-smell', which there is"
                                + " not\n");
    }

    @Test
    void aBrokenLabelsFileIsNamedWithTheLabel() {
        String good = label("D1", 1, "defect", "certain");
        assertThat(broken("{}")).contains("is not a JSON array of labels");
        assertThat(broken("[{\"repo\": \"a/b\"}]")).contains("label 1 has no 'kind'");
        assertThat(broken(labels(good, good.replace("\"certain\"", "\"sure\""))))
                .contains("label 2 has certainty 'sure'; it is certain or likely");
        assertThat(broken(labels(good.replace("defect", "odd")))).contains("of kind 'odd'");
        assertThat(broken(labels(good.replace("\"line\": 1", "\"line\": \"x\""))))
                .contains("label 1 has a field of a wrong type");
        assertThat(cli.run("score", "absent.json", "trees").err()).contains("cannot be read");
    }

    private String broken(String content) {
        cli.write("labels.json", content);
        CommandLineFixture.Result result = cli.run("score", "labels.json", "trees");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        return result.err();
    }

    private static String labels(String... labels) {
        return "[" + String.join(",\n", labels) + "]";
    }

    private static String label(
            String id, int line, String kind, String certainty, Integer... accepted) {
        String lines =
                accepted.length == 0
                        ? ""
                        : ", \"accept_lines\": " + java.util.Arrays.toString(accepted);
        return """
        {"id": "%s", "repo": "o/fw", "file": "app/main.c", "line": %d, "rule": "buffer-alignment", "kind": "%s", "certainty": "%s"%s}"""
                .formatted(id, line, kind, certainty, lines);
    }
}
