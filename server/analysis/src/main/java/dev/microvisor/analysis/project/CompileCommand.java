package dev.microvisor.analysis.project;

import java.nio.file.Path;
import java.util.List;

/**
 * How one file is compiled.
 *
 * @param directory the working directory, to which relative paths refer
 * @param file the source file, absolute and normalised
 * @param arguments the command line, with the compiler as its first word
 */
record CompileCommand(Path directory, Path file, List<String> arguments) {
    CompileCommand {
        arguments = List.copyOf(arguments);
    }
}
