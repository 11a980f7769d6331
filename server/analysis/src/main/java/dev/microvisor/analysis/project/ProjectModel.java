package dev.microvisor.analysis.project;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a request with their flags.
 *
 * @param units what to analyse, by file
 * @param problems what kept the model from being complete
 */
public record ProjectModel(Map<Path, CompilerFlags> units, List<Problem> problems) {
    public static ProjectModel of(LintRequest request, CancelToken cancel) {
        return new Builder(request, cancel).build();
    }

    /** Collects; used once. */
    private static final class Builder {
        private final LintRequest request;
        private final CancelToken cancel;
        private final List<Problem> problems = new ArrayList<>();
        private final Map<Path, CompileDatabase> databases = new HashMap<>();
        private final IncludeGuess guess;
        private boolean saidNoDatabase;

        Builder(LintRequest request, CancelToken cancel) {
            this.request = request;
            this.cancel = cancel;
            this.guess = new IncludeGuess(request.paths(), cancel);
        }

        ProjectModel build() {
            Set<Path> files = new LinkedHashSet<>();
            for (Path path : request.paths()) {
                addPath(path.toAbsolutePath().normalize(), files);
            }
            Map<Path, CompilerFlags> units = new TreeMap<>();
            for (Path file : files) {
                cancel.throwIfCancelled();
                units.put(file, flags(file));
            }
            return new ProjectModel(units, problems);
        }

        private void addPath(Path path, Set<Path> files) {
            if (request.overlays().containsKey(path)) {
                files.add(path);
            } else if (Files.isDirectory(path)) {
                try {
                    List<Path> found = SourceFiles.below(path, cancel);
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
                    found.stream().filter(f -> !request.excluded().test(f)).forEach(files::add);
                } catch (IOException e) {
                    problems.add(problem(path, "cannot be listed", "check its permissions", true));
                }
            } else if (Files.isRegularFile(path)) {
                files.add(path);
            } else {
                problems.add(problem(path, "does not exist", "check the spelling", true));
            }
        }

        private CompilerFlags flags(Path file) {
            Optional<CompileDatabase> database = database(file);
            if (database.isPresent() && !database.get().commands().isEmpty()) {
                Map<Path, CompileCommand> commands = database.get().commands();
                CompileCommand command = commands.get(file);
                if (command == null) {
                    command = nearest(file, commands);
                }
                CompilerFlags flags = CompilerFlags.of(command);
                return command.file().equals(file)
                        ? flags
                        : new CompilerFlags(
                                flags.quoteIncludes(),
                                flags.includes(),
                                flags.systemIncludes(),
                                flags.forcedIncludes(),
                                flags.macros(),
                                SourceFiles.isHeader(file) ? flags.cpp() : SourceFiles.isCpp(file),
                                flags.shortEnums());
            }
            if (!saidNoDatabase && request.depth() == LintRequest.Depth.FULL) {
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
            return CompilerFlags.guessed(file, guess(file));
        }

        private Optional<CompileDatabase> database(Path file) {
            Optional<Path> named = request.database().map(p -> p.toAbsolutePath().normalize());
            if (named.isPresent() && Files.isDirectory(named.get())) {
                named = Optional.of(named.get().resolve(CompileDatabase.NAME));
            }
            Optional<Path> where = named.or(() -> CompileDatabase.find(file));
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

        /** The command of the file whose path shares most with this one, as clangd does. */
        private static CompileCommand nearest(Path file, Map<Path, CompileCommand> commands) {
            CompileCommand best = null;
            int bestScore = -1;
            for (CompileCommand command : commands.values()) {
                int score = 4 * sharedNames(file, command.file());
                score += SourceFiles.isCpp(file) == SourceFiles.isCpp(command.file()) ? 1 : 0;
                if (score > bestScore) {
                    bestScore = score;
                    best = command;
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
