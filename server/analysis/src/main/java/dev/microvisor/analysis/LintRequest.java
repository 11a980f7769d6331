package dev.microvisor.analysis;

import dev.microvisor.analysis.settings.Wrapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What to analyse.
 *
 * @param paths files and folders; folders are searched for C and C++ sources
 * @param database a {@code compile_commands.json} or the folder that holds it; empty searches the
 *     parents of each file as clangd does
 * @param overlays contents that replace those on disk: unsaved editor buffers, standard input
 * @param depth how much to look at
 * @param threads how many files are parsed at the same time
 * @param excluded files below a folder that are left out; a file that is named is never
 * @param wrappers what functions do that the analysis cannot see into, by the project's settings
 * @param program other sources of the same program, which are read and not reported; a quick look
 *     leaves them out
 */
public record LintRequest(
        List<Path> paths,
        Optional<Path> database,
        Map<Path, String> overlays,
        Depth depth,
        int threads,
        Predicate<Path> excluded,
        List<Wrapper> wrappers,
        List<Path> program) {
    public LintRequest {
        program = List.copyOf(program);
        paths = List.copyOf(paths);
        overlays = Map.copyOf(overlays);
        wrappers = List.copyOf(wrappers);
    }

    /** Leaves nothing out, and knows no wrappers. */
    public LintRequest(
            List<Path> paths,
            Optional<Path> database,
            Map<Path, String> overlays,
            Depth depth,
            int threads) {
        this(paths, database, overlays, depth, threads, file -> false, List.of(), List.of());
    }

    /** How much of the program a lint looks at. */
    public enum Depth {
        /** The main file with the SDK header only; reports what is sound without other headers. */
        QUICK,
        /** All headers and all functions. */
        FULL
    }
}
