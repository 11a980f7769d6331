package dev.microvisor.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is true of every file of this project, whichever module it belongs to. */
class TidyTest {
    private static final int MAX_LINES = 500;

    /** Longer than {@link #MAX_LINES}, with the reason. */
    private static final Map<String, String> LONG_FILES =
            Map.ofEntries(
                    Map.entry(
                            "debug-adapter/emulator/src/main/java/dev/microvisor/emulator/core/PlainLoop.java",
                            "the semantics of the instruction set, one after the other"),
                    Map.entry(
                            "debug-adapter/emulator/src/main/java/dev/microvisor/emulator/core/Operands.java",
                            "decoding of operands, one encoding after the other"),
                    Map.entry(
                            "debug-adapter/emulator/src/main/java/dev/microvisor/emulator/core/SoftFloat.java",
                            "one algorithm, floating point, that reads better whole"),
                    Map.entry(
                            "debug-adapter/emulator/src/main/java/dev/microvisor/emulator/memory/Memory.java",
                            "the address space as everybody sees it; its parts are classes beside it"),
                    Map.entry(
                            "debug-adapter/emulator/src/main/java/dev/microvisor/emulator/core/Thumb32Table.java",
                            "a table"),
                    Map.entry(
                            "debug-adapter/emulator/src/main/java/dev/microvisor/emulator/core/compiler/DataCode.java",
                            "what each data-processing operation becomes, one after the other"));

    /** Where a bug ends: one place for each front door, with the reason. */
    private static final Map<String, String> BROAD_CATCHES =
            Map.of(
                    "server/language-server/src/main/java/dev/microvisor/lsp/Guard.java",
                    "a bug in one request must not end the session",
                    "server/analysis/src/main/java/dev/microvisor/analysis/frontend/FrontEnd.java",
                    "the C parser throws on some broken sources; the other files are still read",
                    "debug-adapter/adapter/src/main/java/dev/microvisor/dap/session/FrontDoor.java",
                    "a bug in one request must not end the session",
                    "debug-adapter/emulator/src/main/java/dev/microvisor/emulator/rest/RestServer.java",
                    "a bug in one resource must not end the local cloud");

    /** Command-line classes that own the process' streams. */
    private static final Set<String> OWNERS_OF_STREAMS =
            Set.of(
                    "server/cli/src/main/java/dev/microvisor/cli/Console.java",
                    "server/catalog/src/main/java/dev/microvisor/catalog/sdk/SdkFiles.java",
                    "debug-adapter/cli/src/main/java/dev/microvisor/debug/Main.java",
                    // Where LSP4J's log goes, in words for people.
                    "debug-adapter/cli/src/main/java/dev/microvisor/debug/ProtocolLog.java");

    private static final Set<String> TOP_FOLDERS =
            Set.of("server", "debug-adapter", "vscode-extension", "samples");

    private static final Pattern DUMPING_GROUND =
            Pattern.compile("(Util|Utils|Helper|Helpers|Manager|Common|Impl)\\.java$");
    private static final Pattern BROAD_CATCH =
            Pattern.compile(
                    "catch\\s*\\((?:final\\s+)?[^)]*\\b(Exception|RuntimeException|Throwable|Error)\\b"
                            + "\\s*(?:\\|[^)]*)?\\w*\\s*\\)");
    private static final Pattern STANDARD_STREAM =
            Pattern.compile("\\bSystem\\s*\\.\\s*(out|err)\\b|FileDescriptor\\.(out|err)\\b");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");

    private final Repository repository = Repository.find();

    @Test
    void everyPackageSaysWhatItIs() {
        Set<String> silent = new TreeSet<>();
        for (Path file : repository.mainJava()) {
            Path info = file.resolveSibling("package-info.java");
            if (!Files.exists(info) || !repository.text(info).contains("/**")) {
                silent.add(repository.name(file.getParent()));
            }
        }
        assertThat(silent).as("packages without a described package-info.java").isEmpty();
    }

    @Test
    void noImportHasAWildcard() {
        Pattern wildcard = Pattern.compile("^import\\s+(static\\s+)?[\\w.]+\\.\\*;");
        List<String> found = new ArrayList<>();
        for (Path file : repository.allJava()) {
            for (String line : repository.lines(file)) {
                if (wildcard.matcher(line).find()) {
                    found.add(repository.name(file) + ": " + line);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noFileIsLongerThanAReaderCanHold() {
        Set<String> tooLong = new TreeSet<>();
        for (Path file : repository.allJava()) {
            if (repository.lines(file).size() > MAX_LINES) {
                tooLong.add(repository.name(file));
            }
        }
        assertThat(tooLong)
                .as("files over %d lines; split by subject, or list with a reason", MAX_LINES)
                .isSubsetOf(LONG_FILES.keySet());
    }

    @Test
    void broadCatchesStandAtTheFrontDoorsOnly() {
        Set<String> found = new TreeSet<>();
        for (Path file : repository.mainJava()) {
            if (BROAD_CATCH.matcher(repository.text(file)).find()) {
                found.add(repository.name(file));
            }
        }
        assertThat(found)
                .as("files that catch Exception, RuntimeException, Throwable or Error")
                .isSubsetOf(BROAD_CATCHES.keySet());
    }

    @Test
    void standardStreamsBelongToTheCommandLines() {
        Set<String> found = new TreeSet<>();
        for (Path file : repository.mainJava()) {
            for (String line : repository.lines(file)) {
                String code = line.replaceFirst("^\\s*(//|\\*|/\\*).*", "");
                if (STANDARD_STREAM.matcher(code).find()) {
                    found.add(repository.name(file));
                }
            }
        }
        assertThat(found).as("files that use the process' streams").isSubsetOf(OWNERS_OF_STREAMS);
    }

    @Test
    void whatIsListedHereStillExists() {
        Set<String> listed = new TreeSet<>(LONG_FILES.keySet());
        listed.addAll(BROAD_CATCHES.keySet());
        listed.addAll(OWNERS_OF_STREAMS);
        assertThat(listed).allSatisfy(name -> assertThat(repository.root().resolve(name)).exists());
    }

    @Test
    void noClassIsADumpingGround() {
        assertThat(
                        repository.allJava().stream()
                                .map(repository::name)
                                .filter(name -> DUMPING_GROUND.matcher(name).find()))
                .isEmpty();
    }

    @Test
    void everyRelativeLinkOfADocumentResolves() {
        List<String> broken = new ArrayList<>();
        for (Path document : repository.files(".md")) {
            if (repository.name(document).contains("/src/test/")) {
                continue;
            }
            Matcher link = LINK.matcher(withoutCode(repository.text(document)));
            while (link.find()) {
                String target = link.group(1).replaceFirst("#.*", "");
                boolean elsewhere = target.isEmpty() || target.matches("[a-zA-Z][\\w+.-]*:.*");
                if (!elsewhere && !Files.exists(document.resolveSibling(target))) {
                    broken.add(repository.name(document) + " -> " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static String withoutCode(String markdown) {
        return markdown.replaceAll("(?ms)^\\s*```.*?^\\s*```", "").replaceAll("`[^`\n]*`", "");
    }

    @Test
    void theTopLevelHoldsOnlyTheFoldersOfTheDesign() {
        assertThat(TOP_FOLDERS).containsAll(repository.topFolders());
    }

    @Test
    void javaFilesEndTheirLinesWithANewlineAlone() {
        assertThat(
                        repository.allJava().stream()
                                .filter(f -> repository.text(f).contains("\r"))
                                .map(repository::name))
                .isEmpty();
    }
}
