package dev.microvisor.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code train}: does once what later runs do, so that the class data archive that the launcher
 * makes of this run holds the classes they need: a lint with a database, the same lint from kept
 * results, the formats, the settings reader, and the start of a language server.
 */
@Command(
        name = "train",
        hidden = true,
        description = "Does a little of everything and prints nothing; for the launcher.")
final class TrainCommand implements Callable<Integer> {
    private static final String HANDSHAKE =
            message(
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}")
                    + message("{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}")
                    + message("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}")
                    + message("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");

    private final Supplier<Analysis> analysis;
    private final Supplier<RuleBook> rules;

    @Parameters(paramLabel = "SAMPLE", description = "A source that holds mistakes.")
    private Path sample;

    TrainCommand(Supplier<Analysis> analysis, Supplier<RuleBook> rules) {
        this.analysis = analysis;
        this.rules = rules;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("microvisor-train");
        try {
            Files.copy(sample, folder.resolve("main.c"));
            Files.writeString(
                    folder.resolve("compile_commands.json"),
                    """
                    [{"directory": ".", "file": "main.c",
                      "command": "arm-none-eabi-gcc -DX=1 -I . -isystem inc -mcpu=cortex-m33 -c main.c"}]
                    """);
            Files.writeString(folder.resolve("microvisor.toml"), "select = [\"ALL\"]\n");
            int code = ExitCode.CLEAN;
            // The first lint analyses, the second finds what the first one kept.
            for (String format : List.of("text", "text", "concise", "json", "sarif")) {
                code = Math.max(code, run(folder, "lint", "--cache-dir", "kept", "-f", format));
            }
            run(folder, "rules");
            run(folder, "lsp");
            return code == ExitCode.COULD_NOT_RUN ? code : ExitCode.CLEAN;
        } finally {
            delete(folder);
        }
    }

    private int run(Path folder, String... arguments) {
        byte[] input = HANDSHAKE.getBytes(StandardCharsets.UTF_8);
        Console console =
                new Console(
                        new ByteArrayInputStream(input),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Map.of(),
                        folder);
        return new Main(console, analysis, rules).run(arguments);
    }

    private static String message(String json) {
        return "Content-Length: " + json.length() + "\r\n\r\n" + json;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
