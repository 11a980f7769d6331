package dev.microvisor.analysis.ir;

import dev.microvisor.analysis.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One source file with the headers it includes.
 *
 * @param functions defined in the file or in its own headers
 * @param globals variables of file scope that it declares or uses
 * @param needed functions that it calls and that the project's own files declare: their keys, with
 *     the file that declares them
 * @param overriders of each virtual function's key the keys of those that it defines in its place
 * @param parsed false when parts of the project's own code did not parse: what they do is unknown
 * @param complete false when headers are missing or were skipped, or parts did not parse
 */
public record Unit(
        Path file,
        boolean cpp,
        List<Function> functions,
        List<Variable> globals,
        Map<String, Path> needed,
        Map<String, Set<String>> overriders,
        List<Problem> problems,
        boolean parsed,
        boolean complete) {
    public Unit {
        functions = List.copyOf(functions);
        globals = List.copyOf(globals);
        needed = Map.copyOf(needed);
        overriders = Map.copyOf(overriders);
        problems = List.copyOf(problems);
    }

    /** A unit without virtual functions. */
    public Unit(
            Path file,
            boolean cpp,
            List<Function> functions,
            List<Variable> globals,
            Map<String, Path> needed,
            List<Problem> problems,
            boolean parsed,
            boolean complete) {
        this(file, cpp, functions, globals, needed, Map.of(), problems, parsed, complete);
    }
}
