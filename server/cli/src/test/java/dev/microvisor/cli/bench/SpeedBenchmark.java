package dev.microvisor.cli.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures the linter and the language server beside clang-tidy, cppcheck and clangd, as far as
 * they are installed: the same files, the same database, in turns, so that whatever else the
 * machine does falls on all of them. From the top of the repository, after {@code mvn -DskipTests
 * package}:
 *
 * <pre>
 * java -cp server/cli/target/microvisor-server.jar:server/cli/target/test-classes \
 *     dev.microvisor.cli.bench.SpeedBenchmark FOLDER [lint] [edit] [large]
 * </pre>
 *
 * <p>FOLDER holds the sources; the database is found in its parents or their {@code build}. Times
 * are of the wall clock, and of the processors where GNU time is installed.
 */
public final class SpeedBenchmark {
    private static final String GNU_TIME = "/usr/bin/time";
    private static final Path NEWLIB = Path.of("/usr/lib/arm-none-eabi/include");
    private static final String TYPED = "\n    int i = 1;";
    private static final int GENERATED_LINES = 100_000;
    private static final int LINES_OF_ONE_FILE = 50_000;
    private static final int RUNS = 5;

    private final Path launcher = Path.of("microvisor").toAbsolutePath();
    private final Path work;
    private final List<Path> sources;

    private SpeedBenchmark(Path work, List<Path> sources) {
        this.work = work;
        this.sources = sources;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 1) {
            System.err.println("usage: SpeedBenchmark FOLDER [lint] [edit] [large]");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]).toAbsolutePath().normalize();
        List<String> parts =
                arguments.length > 1
                        ? List.of(arguments).subList(1, arguments.length)
                        : List.of("lint", "edit", "large");
        Path work = Files.createTempDirectory("microvisor-speed");
        try {
            SpeedBenchmark benchmark = new SpeedBenchmark(work, writeDatabase(folder, work));
            System.out.println(benchmark.sources.size() + " files of " + folder);
            if (parts.contains("lint")) {
                benchmark.lint(RUNS);
            }
            if (parts.contains("edit")) {
                benchmark.edit();
            }
            if (parts.contains("large")) {
                benchmark.large();
            }
        } finally {
            delete(work);
        }
    }

    /** A database of the files of one folder: the reference tools know no better way to be told. */
    private static List<Path> writeDatabase(Path folder, Path work) throws IOException {
        Path found = null;
        for (Path at = folder; at != null && found == null; at = at.getParent()) {
            for (Path in : List.of(at, at.resolve("build"))) {
                Path file = in.resolve("compile_commands.json");
                found = found == null && Files.exists(file) ? file : found;
            }
        }
        if (found == null) {
            throw new IOException("no compile_commands.json for " + folder);
        }
        JsonArray some = new JsonArray();
        List<Path> sources = new ArrayList<>();
        for (JsonElement e : JsonParser.parseString(Files.readString(found)).getAsJsonArray()) {
            JsonObject entry = e.getAsJsonObject();
            Path file =
                    Path.of(entry.get("directory").getAsString())
                            .resolve(entry.get("file").getAsString())
                            .normalize();
            if (file.startsWith(folder)) {
                some.add(entry);
                sources.add(file);
            }
        }
        Files.writeString(work.resolve("compile_commands.json"), some.toString());
        return sources;
    }

    // --- Whole runs. ---

    private record Command(String name, List<String> words) {}

    private record Run(double wall, double cpu, long kilobytes) {}

    private void lint(int runs) throws IOException, InterruptedException {
        List<Command> commands = new ArrayList<>();
        commands.add(new Command("microvisor lint, cold", lintCommand("--no-cache")));
        commands.add(
                new Command(
                        "microvisor lint again, nothing changed",
                        lintCommand("--cache-dir", work.resolve("kept").toString())));
        if (isInstalled("clang-tidy")) {
            commands.add(new Command("clang-tidy, its default checks", tidy("")));
            commands.add(new Command("clang-tidy, and bugprone-*", tidy("-checks=bugprone-*")));
        }
        if (isInstalled("cppcheck")) {
            commands.add(
                    new Command(
                            "cppcheck",
                            List.of(
                                    "cppcheck",
                                    "-q",
                                    "-j",
                                    cores(),
                                    "--project=" + work.resolve("compile_commands.json"))));
        }
        List<List<Run>> results = new ArrayList<>();
        commands.forEach(c -> results.add(new ArrayList<>()));
        run(commands.get(0)); // Builds the jar and its class data archive.
        run(commands.get(1)); // Keeps the results; files must have settled for more than a moment.
        for (int i = 0; i < runs; i++) {
            for (int k = 0; k < commands.size(); k++) {
                results.get(k).add(run(commands.get(k)));
            }
        }
        System.out.printf(
                "%n| %-40s | wall, best | wall, median | processors, median | MB |%n|---|--:|--:|--:|--:|%n",
                "lint, " + runs + " runs in turns");
        for (int k = 0; k < commands.size(); k++) {
            print(commands.get(k).name(), results.get(k));
        }
    }

    private List<String> lintCommand(String... more) {
        List<String> words =
                new ArrayList<>(List.of(launcher.toString(), "lint", "--exit-zero", "--isolated"));
        words.addAll(List.of("-p", work.toString(), "-f", "concise"));
        words.addAll(List.of(more));
        sources.forEach(s -> words.add(s.toString()));
        return words;
    }

    private List<String> tidy(String checks) {
        boolean parallel = isInstalled("run-clang-tidy");
        List<String> words = new ArrayList<>();
        words.addAll(
                parallel
                        ? List.of("run-clang-tidy", "-j", cores(), "-quiet")
                        : List.of("clang-tidy", "--quiet"));
        words.addAll(List.of("-p", work.toString()));
        if (!checks.isEmpty()) {
            words.add(checks);
        }
        if (Files.isDirectory(NEWLIB)) {
            String option = parallel ? "-extra-arg=" : "--extra-arg=";
            words.add(option + "--target=arm-none-eabi");
            words.add(option + "-isystem" + NEWLIB);
        }
        sources.forEach(s -> words.add(s.toString()));
        return words;
    }

    private Run run(Command command) throws IOException, InterruptedException {
        boolean timed = Files.isExecutable(Path.of(GNU_TIME));
        Path times = work.resolve("times");
        List<String> words = new ArrayList<>();
        if (timed) {
            words.addAll(List.of(GNU_TIME, "-q", "-f", "%U %S %M", "-o", times.toString()));
        }
        words.addAll(command.words());
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(work.resolve("out").toFile())
                        .start();
        int code = process.waitFor();
        double wall = (System.nanoTime() - start) / 1e9;
        if (code > 1) {
            throw new IOException(command.words() + " ended with " + code + "; see its output");
        }
        if (!timed) {
            return new Run(wall, 0, 0);
        }
        String[] figures = Files.readString(times).strip().split(" ");
        return new Run(
                wall,
                Double.parseDouble(figures[0]) + Double.parseDouble(figures[1]),
                Long.parseLong(figures[2]));
    }

    private static void print(String name, List<Run> runs) {
        double[] wall = runs.stream().mapToDouble(Run::wall).sorted().toArray();
        double[] cpu = runs.stream().mapToDouble(Run::cpu).sorted().toArray();
        long most = runs.stream().mapToLong(Run::kilobytes).max().orElse(0);
        System.out.printf(
                Locale.ROOT,
                "| %-40s | %.2f s | %.2f s | %.2f s | %d |%n",
                name,
                wall[0],
                wall[wall.length / 2],
                cpu[cpu.length / 2],
                most >> 10);
    }

    // --- Editing. ---

    private void edit() throws IOException {
        System.out.printf(
                "%n| %-24s | first diagnostics, p50 | p95 | last, p50 | p95 | MB | peak MB |%n|---|--:|--:|--:|--:|--:|--:|%n",
                "edit to diagnostics");
        edit("microvisor lsp", List.of(launcher.toString(), "lsp"), 2);
        if (isInstalled("clangd-14") || isInstalled("clangd")) {
            edit(
                    "clangd",
                    List.of(isInstalled("clangd") ? "clangd" : "clangd-14", "--log=error"),
                    1);
        }
    }

    private void edit(String name, List<String> words, int tiers) throws IOException {
        List<Long> first = new ArrayList<>();
        List<Long> last = new ArrayList<>();
        try (Editor editor = new Editor(words, work, sources.get(0).getParent())) {
            for (Path source : sources) {
                editor.open(source, Files.readString(source));
                editor.await(1, tiers);
            }
            for (int round = 0; round < 2; round++) {
                for (Path source : sources) {
                    String text = Files.readString(source);
                    int at = text.indexOf("{\n", text.indexOf(") {")) + 1;
                    for (int typed = 1; typed <= TYPED.length(); typed++) {
                        String edited =
                                text.substring(0, at)
                                        + TYPED.substring(0, typed)
                                        + text.substring(at);
                        int version = editor.change(source, edited);
                        long start = System.nanoTime();
                        long quick = editor.await(version, 1) - start;
                        long full = tiers == 1 ? quick : editor.await(version, 1) - start;
                        if (round == 1) { // The first one warms the server up.
                            first.add(quick / 1_000_000);
                            last.add(full / 1_000_000);
                        }
                    }
                    editor.await(editor.change(source, text), tiers);
                }
            }
            System.out.printf(
                    "| %-24s | %d ms | %d ms | %d ms | %d ms | %s | %s |%n",
                    name,
                    part(first, 0.5),
                    part(first, 0.95),
                    part(last, 0.5),
                    part(last, 0.95),
                    editor.megabytes("VmRSS"),
                    editor.megabytes("VmHWM"));
        }
    }

    private static long part(List<Long> values, double part) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(part * sorted.size())));
    }

    // --- A large tree, and a large file. ---

    private void large() throws IOException, InterruptedException {
        Path tree = Files.createDirectory(work.resolve("large"));
        int lines = 0;
        for (int file = 0; lines < GENERATED_LINES; file++) {
            String text = GeneratedSource.text(file);
            lines += (int) text.lines().count();
            Files.writeString(tree.resolve("part" + file + ".c"), text);
        }
        large("lines in a tree", lines, tree);
        StringBuilder one = new StringBuilder();
        lines = 0;
        for (int part = 0; lines < LINES_OF_ONE_FILE; part++) {
            String text = GeneratedSource.text(part);
            lines += (int) text.lines().count();
            one.append(text);
        }
        Path file = Files.createDirectory(work.resolve("one")).resolve("generated.c");
        Files.writeString(file, one);
        large("lines in one file", lines, file);
    }

    private void large(String what, int lines, Path target)
            throws IOException, InterruptedException {
        List<String> words =
                List.of(
                        launcher.toString(),
                        "lint",
                        "--exit-zero",
                        "--isolated",
                        "--statistics",
                        "--no-cache",
                        target.toString());
        Run run = run(new Command("large", words));
        System.out.printf(
                Locale.ROOT,
                "%n%,d generated %s: %.1f s, %.1f s of processors, %d MB%n%s",
                lines,
                what,
                run.wall(),
                run.cpu(),
                run.kilobytes() >> 10,
                Files.readString(work.resolve("out")));
    }

    // --- The machine. ---

    private static String cores() {
        return Integer.toString(Runtime.getRuntime().availableProcessors());
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
