package dev.microvisor.analysis.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Linter;
import dev.microvisor.analysis.Lints;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.project.SourceFiles;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.sdk.SdkFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule against its fixtures: {@code bad*} says where it speaks, {@code good*} is silent. The
 * empty {@code compile_flags.txt} above them spares each lint a search for include folders.
 */
class RuleFixturesTest {
    private static final Pattern EXPECT = Pattern.compile("// expect: ([a-z, -]+)");

    private static final Pattern SILENT = Pattern.compile("// silent: ([a-z, -]+)\\R");

    /** Remembers the SDK's header from one fixture to the next, as an editor does. */
    private static final Linter LINTER = Linter.remembering(Catalog.bundled());

    private static final Map<Path, LintResult> RESULTS = new ConcurrentHashMap<>();

    @TempDir Path folder;

    static Stream<String> rules() {
        return Rules.all().stream().map(r -> r.info().id());
    }

    static List<Path> fixtures(String rule) {
        try (Stream<Path> files =
                Files.list(Path.of(RuleFixturesTest.class.getResource("/rules/" + rule).toURI()))) {
            return files.sorted().toList();
        } catch (IOException | URISyntaxException | NullPointerException e) {
            throw new AssertionError("no fixtures for " + rule, e);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void speaksWhereExpectedAndNowhereElse(String rule) throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : fixtures(rule)) {
            names.add(file.getFileName().toString());
            String text = Files.readString(file);
            List<Integer> expected = expected(text, rule);
            boolean bad = file.getFileName().toString().startsWith("bad");
            assertThat(expected.isEmpty()).as(file + " expects something").isEqualTo(!bad);
            LintResult result = lint(file);
            assertThat(result.problems()).as(file.toString()).noneMatch(p -> p.line().isPresent());
            assertThat(lines(result, rule)).as(file.toString()).isEqualTo(expected);
        }
        assertThat(names).anyMatch(n -> n.startsWith("bad")).anyMatch(n -> n.startsWith("good"));
    }

    static List<Path> lookAlikes() throws IOException, URISyntaxException {
        Path folder = Path.of(RuleFixturesTest.class.getResource("/look-alikes").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(SourceFiles::isSource).sorted().toList();
        }
    }

    /** What several rules must not take for a mistake is written once. */
    @ParameterizedTest
    @MethodSource("lookAlikes")
    void theRulesThatALookAlikeNamesAreSilent(Path file) throws IOException {
        String text = Files.readString(file);
        Matcher silent = SILENT.matcher(text);
        assertThat(silent.lookingAt()).as(file.toString()).isTrue();
        List<String> rules = Arrays.asList(silent.group(1).split(", "));
        for (LintRequest.Depth depth : LintRequest.Depth.values()) {
            LintResult result = lint(file, text, depth);
            assertThat(result.problems()).as(file.toString()).noneMatch(p -> p.line().isPresent());
            for (String rule : rules) {
                assertThat(Rules.find(rule)).as(rule).isPresent();
                assertThat(own(result, rule)).as(rule + ", " + depth + ", " + file).isEmpty();
            }
        }
        compile(file, text);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whileTypingSaysNothingThatTheFullLintDoesNotSay(String rule) throws IOException {
        for (Path file : fixtures(rule)) {
            String text = Files.readString(file);
            assertThat(expected(text, rule))
                    .as(file.toString())
                    .containsAll(lines(lint(file, text, LintRequest.Depth.QUICK), rule));
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void fixesSilenceTheirReportBringNoOtherAndCompile(String rule) throws IOException {
        for (Path file : fixtures(rule)) {
            String text = Files.readString(file);
            LintResult before = lint(file);
            for (Finding finding : before.findings()) {
                for (Fix fix : finding.fixes()) {
                    String fixed = apply(text, fix);
                    String what = file + ": " + fix.title() + "\n" + fixed;
                    assertThat(fixed).as(what).isNotEqualTo(text);
                    LintResult after = lint(file, fixed, LintRequest.Depth.FULL);
                    assertThat(after.problems()).as(what).noneMatch(p -> p.line().isPresent());
                    Map<String, Long> left = reports(after);
                    Map<String, Long> expected = reports(before);
                    expected.merge(report(finding), -1L, Long::sum);
                    left.forEach(
                            (report, count) ->
                                    assertThat(count)
                                            .as(report + "\n" + what)
                                            .isLessThanOrEqualTo(
                                                    expected.getOrDefault(report, 0L)));
                    compile(file, fixed);
                }
            }
        }
    }

    private static Map<String, Long> reports(LintResult result) {
        Map<String, Long> reports = new TreeMap<>();
        // Hints are for those who ask for them; a call out of an assert leaves one behind.
        result.findings().stream()
                .filter(f -> f.severity() != Severity.HINT)
                .forEach(f -> reports.merge(report(f), 1L, Long::sum));
        return reports;
    }

    private static String report(Finding finding) {
        return finding.rule() + " in " + finding.function() + ": " + finding.message();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void fixturesShowTheFixesThatTheRuleSpeaksOf(String rule) throws IOException {
        Set<Boolean> safe = new TreeSet<>();
        for (Path file : fixtures(rule)) {
            own(lint(file), rule).forEach(f -> f.fixes().forEach(fix -> safe.add(fix.safe())));
        }
        RuleInfo.Fixing fixing = Rules.find(rule).orElseThrow().info().fixing();
        switch (fixing) {
            case NONE -> assertThat(safe).as("fixes of " + rule).isEmpty();
            case SUGGESTED -> assertThat(safe).as("fixes of " + rule).containsExactly(false);
            case SAFE -> assertThat(safe).as("fixes of " + rule).contains(true);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void fixturesCompile(String rule) throws IOException {
        for (Path file : fixtures(rule)) {
            compile(file, Files.readString(file));
        }
    }

    /** A fixture as it is: three tests ask, once is enough. */
    private static LintResult lint(Path fixture) {
        return RESULTS.computeIfAbsent(fixture, RuleFixturesTest::lintText);
    }

    private static LintResult lintText(Path fixture) {
        return lint(fixture, text(fixture), LintRequest.Depth.FULL);
    }

    private static LintResult lint(Path file, String text, LintRequest.Depth depth) {
        return Lints.of(LINTER, file, text, depth);
    }

    private static String text(Path fixture) {
        try {
            return Files.readString(fixture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Finding> own(LintResult result, String rule) {
        return result.findings().stream().filter(f -> f.rule().equals(rule)).toList();
    }

    private static List<Integer> lines(LintResult result, String rule) {
        return own(result, rule).stream()
                .map(f -> f.range().startLine() + 1)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Integer> expected(String text, String rule) {
        List<Integer> lines = new ArrayList<>();
        String[] all = text.split("\n", -1);
        for (int i = 0; i < all.length; i++) {
            Matcher match = EXPECT.matcher(all[i]);
            if (match.find()
                    && Arrays.asList(match.group(1).strip().split(",\\s*")).contains(rule)) {
                lines.add(i + 1);
            }
        }
        return lines;
    }

    static String apply(String text, Fix fix) {
        List<TextEdit> edits = new ArrayList<>(fix.edits());
        edits.sort(
                Comparator.comparing((TextEdit e) -> e.range().startLine())
                        .thenComparing(e -> e.range().startColumn())
                        .reversed());
        String result = text;
        for (TextEdit edit : edits) {
            int start = offset(text, edit.range().startLine(), edit.range().startColumn());
            int end = offset(text, edit.range().endLine(), edit.range().endColumn());
            result = result.substring(0, start) + edit.newText() + result.substring(end);
        }
        return result;
    }

    private static int offset(String text, int line, int column) {
        int at = 0;
        for (int i = 0; i < line; i++) {
            at = text.indexOf('\n', at) + 1;
        }
        return at + column;
    }

    private void compile(Path file, String text) throws IOException {
        boolean cpp = file.toString().endsWith(".cpp");
        String compiler = cpp ? "arm-none-eabi-g++" : "arm-none-eabi-gcc";
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .anyMatch(p -> Files.isExecutable(Path.of(p, compiler))),
                compiler + " not found: apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi");
        Files.writeString(
                folder.resolve("mv_syscalls.h"),
                SdkFiles.of(Catalog.bundled()).get("mv_syscalls.h"));
        Path source = folder.resolve(cpp ? "fixture.cpp" : "fixture.c");
        Files.writeString(source, text);
        Path output = folder.resolve("output.txt");
        Process process =
                new ProcessBuilder(
                                compiler,
                                "-mcpu=cortex-m33",
                                "-mthumb",
                                "-fsyntax-only",
                                cpp ? "-std=gnu++17" : "-std=gnu11",
                                "-I" + folder,
                                // Debian's compiler comes without the C++ library.
                                "-idirafter",
                                Path.of(
                                                "src/main/resources/dev/microvisor/analysis/toolchain/include")
                                        .toAbsolutePath()
                                        .toString(),
                                source.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(process.exitValue())
                .as(file + "\n" + Files.readString(output) + "\n" + text)
                .isZero();
    }
}
