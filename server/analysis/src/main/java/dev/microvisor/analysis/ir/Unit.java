package dev.microvisor.analysis.ir;

import dev.microvisor.analysis.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One source file with the headers it includes.
 *
 * @param functions defined in the file or in its own headers
 * @param globals variables of file scope that it declares or uses
 * @param needed functions that it calls and that the project's own files declare: their keys, with
 *     the file that declares them
 * @param parsed false when parts of the project's own code did not parse: what they do is unknown
 * @param complete false when headers are missing or were skipped, or parts did not parse
 */
public record Unit(
        Path file,
        boolean cpp,
        List<Function> functions,
        List<Variable> globals,
        Map<String, Path> needed,
        List<Problem> problems,
        boolean parsed,
        boolean complete) {
    public Unit {
        functions = List.copyOf(functions);
        globals = List.copyOf(globals);
        needed = Map.copyOf(needed);
        problems = List.copyOf(problems);
    }
}
