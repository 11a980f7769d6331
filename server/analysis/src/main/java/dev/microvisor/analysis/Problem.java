package dev.microvisor.analysis;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Something that kept the analysis from seeing everything: a missing header, a broken database.
 *
 * @param where the file concerned
 * @param line 0-based line, when there is one
 * @param what one sentence
 * @param advice what to try
 * @param fatal true when the file could not be analysed at all
 */
public record Problem(
        Path where, Optional<Integer> line, String what, String advice, boolean fatal) {}
