package dev.microvisor.cli;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.rules.RuleInfo;
import dev.microvisor.analysis.text.SourceText;
import dev.microvisor.cli.report.RulePage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs the command line in this process, in a folder of its own, with findings made by hand. */
final class CommandLineFixture {
    static final RuleBook RULES =
            new RuleBook(
                    List.of(
                            new RulePage(
                                    "buffer-alignment",
                                    Severity.ERROR,
                                    RuleInfo.Fixing.SAFE,
                                    List.of("buffers"),
                                    () ->
                                            "# buffer-alignment\n\nA buffer is not aligned to 512 bytes.\n\nAlign it.\n"),
                            new RulePage(
                                    "buffer-size",
                                    Severity.WARNING,
                                    RuleInfo.Fixing.NONE,
                                    List.of("buffers"),
                                    () ->
                                            "# buffer-size\n\nA buffer has a size that is refused.\n\nResize it.\n")));

    final Path folder;
    final Map<String, String> environment = new TreeMap<>();
    final List<LintRequest> requests = new ArrayList<>();
    boolean terminal;
    String input = "";

    /** What the analysis finds: by default every line that holds {@code BAD}. */
    Analysis analysis = (request, cancel) -> findBad(request);

    CommandLineFixture(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    record Result(int code, String out, String err) {}

    Path write(String name, String content) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        out,
                        err,
                        environment,
                        folder,
                        terminal,
                        terminal);
        int code =
                new Main(
                                console,
                                () ->
                                        (request, cancel) -> {
                                            requests.add(request);
                                            return analysis.lint(request, cancel);
                                        },
                                () -> RULES)
                        .run(arguments);
        return new Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Finding finding(Path file, int line, int start, int end, String message) {
        return new Finding(
                "buffer-alignment",
                Severity.ERROR,
                new SourceRange(file, line, start, line, end),
                "main",
                message,
                "",
                "",
                List.of(),
                List.of());
    }

    private static LintResult findBad(LintRequest request) {
        List<Finding> findings = new ArrayList<>();
        List<Path> files = files(request);
        for (Path file : files) {
            List<String> lines = text(file, request).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                int at = lines.get(i).indexOf("BAD");
                if (at >= 0) {
                    findings.add(finding(file, i, at, at + 3, "'BAD' is bad"));
                }
            }
        }
        return new LintResult(files, findings, List.of());
    }

    /** The sources that a request means, as the analysis finds them. */
    static List<Path> files(LintRequest request) {
        List<Path> files = new ArrayList<>();
        for (Path path : request.paths()) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> below = Files.walk(path)) {
                below.filter(f -> f.toString().endsWith(".c")).sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    static String text(Path file, LintRequest request) {
        String overlay = request.overlays().get(file);
        try {
            return overlay == null ? SourceText.read(file).content() : overlay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
