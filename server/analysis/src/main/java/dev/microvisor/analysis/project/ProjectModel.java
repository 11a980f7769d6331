package dev.microvisor.analysis.project;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a request with their flags.
 *
 * @param files what was asked for, folders resolved
 * @param asked the units of those files
 * @param units what to analyse, by file: in the place of a header a source that includes it
 * @param otherwise files that are compiled in several ways: for the second way of each file, then
 *     for the third and so on, the flags
 * @param targets what the build makes of each unit, as far as the database tells
 * @param searched folders of which every source is among the units
 * @param bystanders sources of the same build that are not among the units; empty when it is not
 *     known what the build compiles
 * @param problems what kept the model from being complete
 */
public record ProjectModel(
        List<Path> files,
        Set<Path> asked,
        Map<Path, CompilerFlags> units,
        List<Map<Path, CompilerFlags>> otherwise,
        Map<Path, Set<String>> targets,
        Set<Path> searched,
        Set<Path> bystanders,
        List<Problem> problems) {
    /** Ways to compile one file that are looked at; a matrix of many says little more. */
    private static final int MAX_CONFIGURATIONS = 4;

    /**
     * True for files whose neighbours are all here: what they declare is defined here or nowhere.
     */
    public boolean isSearched(Path file) {
        return searched.stream().anyMatch(file::startsWith);
    }

    public static ProjectModel of(LintRequest request, CancelToken cancel) {
        return new Builder(request, cancel).build();
    }

    /** Collects; used once. */
    private static final class Builder {
        private final LintRequest request;
        private final CancelToken cancel;
        private final List<Problem> problems = new ArrayList<>();
        private final Map<Path, CompileDatabase> databases = new HashMap<>();
        private final Set<Path> searched = new HashSet<>();
        private final ClangdConfig clangd = new ClangdConfig(problems);
        private final IncludeGuess guess;
        private final Includers includers;
        private boolean saidNoDatabase;

        Builder(LintRequest request, CancelToken cancel) {
            this.request = request;
            this.cancel = cancel;
            this.guess = new IncludeGuess(request.paths(), cancel);
            this.includers = new Includers(request.overlays(), cancel);
        }

        ProjectModel build() {
            Set<Path> files = new LinkedHashSet<>();
            for (Path path : request.paths()) {
                addPath(path.toAbsolutePath().normalize(), files);
            }
            Map<Path, CompilerFlags> units = new TreeMap<>();
            if (request.depth() == LintRequest.Depth.FULL) {
                request.program().forEach(f -> units.put(f, flags(f).get(0)));
            }
            List<Map<Path, CompilerFlags>> otherwise = new ArrayList<>();
            Set<Path> asked = new HashSet<>();
            for (Path file : files) {
                cancel.throwIfCancelled();
                Path unit = unit(file, files);
                asked.add(unit);
                List<CompilerFlags> flags = flags(unit);
                units.put(unit, flags.get(0));
                for (int i = 1; i < flags.size(); i++) {
                    if (otherwise.size() < i) {
                        otherwise.add(new TreeMap<>());
                    }
                    otherwise.get(i - 1).put(unit, flags.get(i));
                }
            }
            return new ProjectModel(
                    files.stream().sorted().toList(),
                    asked,
                    units,
                    otherwise,
                    targets(units.keySet()),
                    searched,
                    bystanders(units.keySet()),
                    problems);
        }

        private Set<Path> bystanders(Set<Path> units) {
            Set<Path> compiled = new TreeSet<>();
            for (Path unit : units) {
                Optional<CompileDatabase> database = database(unit);
                if (database.isEmpty()) {
                    return Set.of();
                }
                compiled.addAll(database.get().commands().keySet());
            }
            compiled.removeAll(units);
            return compiled;
        }

        private Map<Path, Set<String>> targets(Set<Path> units) {
            Map<Path, Set<String>> targets = new TreeMap<>();
            for (Path unit : units) {
                database(unit).map(d -> d.commands().get(unit)).stream()
                        .flatMap(List::stream)
                        .flatMap(c -> c.target().stream())
                        .forEach(t -> targets.computeIfAbsent(unit, u -> new TreeSet<>()).add(t));
            }
            return targets;
        }

        /**
         * The file that a file is compiled with: for a header a source that includes it, for a part
         * of a unity build the source that includes all of them.
         */
        private Path unit(Path file, Set<Path> files) {
            Optional<CompileDatabase> database = database(file);
            if (SourceFiles.isHeader(file)) {
                return database.flatMap(d -> includers.of(file, d.commands().keySet()))
                        .orElse(file);
            }
            Set<Path> compiled =
                    database.map(d -> d.commands().keySet())
                            .filter(commands -> !commands.isEmpty())
                            .orElse(files);
            boolean own = compiled != files && compiled.contains(file);
            return own ? file : includers.wholeOf(file, compiled).orElse(file);
        }

        private void addPath(Path path, Set<Path> files) {
            if (request.overlays().containsKey(path)) {
                files.add(path);
            } else if (Files.isDirectory(path)) {
                try {
                    List<Path> closed = new ArrayList<>();
                    List<Path> found =
                            SourceFiles.below(path, cancel, searching -> {}, closed::add);
                    closed.forEach(
                            dir ->
                                    problems.add(
                                            problem(
                                                    dir,
                                                    "cannot be listed; its sources are not read",
                                                    "check its permissions, or exclude it",
                                                    false)));
                    if (found.isEmpty()) {
                        problems.add(
                                problem(
                                        path,
                                        "has no C or C++ source files",
                                        "name a folder that holds .c, .cc or .cpp files",
                                        true));
                    } else if (found.size() >= SourceFiles.MAX_FILES) {
                        problems.add(
                                problem(
                                        path,
                                        "holds more than " + SourceFiles.MAX_FILES + " sources",
                                        "name the folders that hold your own code",
                                        false));
                    }
                    List<Path> kept =
                            found.stream().filter(f -> !request.excluded().test(f)).toList();
                    files.addAll(kept);
                    if (closed.isEmpty()
                            && kept.size() == found.size()
                            && found.size() < SourceFiles.MAX_FILES) {
                        searched.add(path);
                    }
                } catch (IOException e) {
                    problems.add(problem(path, "cannot be listed", "check its permissions", true));
                }
            } else if (Files.isRegularFile(path)) {
                files.add(path);
            } else if (Files.exists(path)) {
                problems.add(
                        problem(
                                path,
                                "is a pipe or a device",
                                "name a file, or give - and --stdin-filename",
                                true));
            } else {
                problems.add(problem(path, "does not exist", "check the spelling", true));
            }
        }

        /** One for each way in which a file is compiled, the first of the database first. */
        private List<CompilerFlags> flags(Path file) {
            Optional<CompileDatabase> database = database(file);
            if (database.isPresent() && !database.get().commands().isEmpty()) {
                Map<Path, List<CompileCommand>> commands = database.get().commands();
                List<CompileCommand> own = commands.get(file);
                return own == null
                        ? List.of(borrowed(file, nearest(file, commands.keySet()), commands))
                        : own.stream()
                                .map(this::flags)
                                .distinct()
                                .limit(MAX_CONFIGURATIONS)
                                .toList();
            }
            if (database.flatMap(CompileDatabase::fixed).isPresent()) {
                return List.of(flags(database.get().fixedCommand(file)));
            }
            if (database.isEmpty()
                    && !saidNoDatabase
                    && request.depth() == LintRequest.Depth.FULL) {
                saidNoDatabase = true;
                problems.add(
                        problem(
                                file,
                                "no compile_commands.json found for it; include folders are guessed"
                                        + " from the tree",
                                "make one with cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or name it"
                                        + " with -p",
                                false));
            }
            return List.of(guessed(file));
        }

        private CompilerFlags flags(CompileCommand command) {
            return CompilerFlags.of(
                    new CompileCommand(
                            command.directory(),
                            command.file(),
                            clangd.adjusted(command.file(), command.arguments()),
                            command.output()));
        }

        /** What {@code .clangd} says, and after it what the tree suggests. */
        private CompilerFlags guessed(Path file) {
            CompilerFlags said =
                    flags(new CompileCommand(file.getParent(), file, List.of("cc"), ""));
            List<Path> includes = new ArrayList<>(said.includes());
            includes.addAll(guess(file));
            return new CompilerFlags(
                    said.quoteIncludes(),
                    includes,
                    said.systemIncludes(),
                    said.forcedIncludes(),
                    said.macros(),
                    said.cpp(),
                    said.shortEnums());
        }

        private CompilerFlags borrowed(
                Path file, Path from, Map<Path, List<CompileCommand>> commands) {
            CompilerFlags flags = flags(commands.get(from).get(0));
            return new CompilerFlags(
                    flags.quoteIncludes(),
                    flags.includes(),
                    flags.systemIncludes(),
                    flags.forcedIncludes(),
                    flags.macros(),
                    SourceFiles.isHeader(file) ? flags.cpp() : SourceFiles.isCpp(file),
                    flags.shortEnums());
        }

        private Optional<CompileDatabase> database(Path file) {
            Optional<Path> named = request.database().map(p -> p.toAbsolutePath().normalize());
            if (named.isPresent() && Files.isDirectory(named.get())) {
                named = Optional.of(named.get().resolve(CompileDatabase.NAME));
            }
            Optional<Path> where =
                    named.or(() -> clangd.database(file)).or(() -> CompileDatabase.find(file));
            return where.map(
                    w ->
                            databases.computeIfAbsent(
                                    w,
                                    path -> {
                                        CompileDatabase read = CompileDatabase.read(path);
                                        problems.addAll(read.problems());
                                        return read;
                                    }));
        }

        /** The file whose path shares most with this one, as clangd does. */
        private static Path nearest(Path file, Set<Path> others) {
            Path best = null;
            int bestScore = -1;
            for (Path other : others) {
                int score = 4 * sharedNames(file, other);
                score += SourceFiles.isCpp(file) == SourceFiles.isCpp(other) ? 1 : 0;
                if (score > bestScore) {
                    bestScore = score;
                    best = other;
                }
            }
            return best;
        }

        private static int sharedNames(Path a, Path b) {
            int shared = 0;
            while (shared < Math.min(a.getNameCount(), b.getNameCount())
                    && a.getName(shared).equals(b.getName(shared))) {
                shared++;
            }
            return shared;
        }

        private List<Path> guess(Path file) {
            try {
                return guess.foldersFor(file);
            } catch (IOException e) {
                problems.add(
                        problem(
                                file.getParent(),
                                "cannot be searched for include folders",
                                "check its permissions",
                                false));
                return List.of();
            }
        }

        private static Problem problem(Path where, String what, String advice, boolean fatal) {
            return new Problem(where, Optional.empty(), what, advice, fatal);
        }
    }
}
