package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultStreamTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void outputThatCannotBeWrittenIsToldAndEndsWithTwo() {
        assertThat(listRules("No space left on device")).isEqualTo(ExitCode.COULD_NOT_RUN);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("cannot write the output: No space left on device");
    }

    @Test
    void aReaderThatHasReadEnoughIsNoFault() {
        assertThat(listRules("Broken pipe")).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private int listRules(String failure) {
        OutputStream out =
                new ResultStream(
                        new OutputStream() {
                            @Override
                            public void write(int value) throws IOException {
                                throw new IOException(failure);
                            }
                        });
        Console console =
                new Console(new ByteArrayInputStream(new byte[0]), out, err, Map.of(), Path.of(""));
        return new Main(
                        console,
                        () -> {
                            throw new AssertionError("nothing is linted");
                        },
                        () -> CommandLineFixture.RULES)
                .run("rules");
    }
}
