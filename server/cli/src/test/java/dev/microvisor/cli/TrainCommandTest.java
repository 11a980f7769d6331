package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir Path temp;

    @Test
    void trainingDoesWhatLaterRunsDoAndSaysNothing() {
        CommandLineFixture cli = new CommandLineFixture(temp);
        cli.write("sample.c", "BAD\n");
        CommandLineFixture.Result result =
                cli.run("train", cli.folder.resolve("sample.c").toString());
        assertThat(result).isEqualTo(new CommandLineFixture.Result(0, "", ""));
        assertThat(cli.requests).hasSizeGreaterThan(1);
        assertThat(cli.requests.get(0).paths()).hasSize(1);
        assertThat(temp.toFile().list()).isEqualTo(List.of("sample.c").toArray());
        assertThat(cli.run("--help").out()).contains("score").doesNotContain("train");
    }
}
