package dev.microvisor.analysis.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one file is compiled.
 *
 * @param directory the working directory, to which relative paths refer
 * @param file the source file, absolute and normalised
 * @param arguments the command line, with the compiler as its first word
 * @param output what comes out, as the database or the command line says; empty when neither does
 */
record CompileCommand(Path directory, Path file, List<String> arguments, String output) {
    /** Where CMake's generators put the objects of a target, below the folder that defines it. */
    private static final Pattern CMAKE_TARGET = Pattern.compile("(.*?)CMakeFiles/([^/]+)\\.dir/.*");

    CompileCommand {
        arguments = List.copyOf(arguments);
    }

    /** What CMake builds with this: a name that no other target of the database has. */
    Optional<String> target() {
        Matcher match = CMAKE_TARGET.matcher(output.replace('\\', '/'));
        return match.matches()
                ? Optional.of(directory + "/" + match.group(1) + match.group(2))
                : Optional.empty();
    }
}
