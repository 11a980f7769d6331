package dev.microvisor.analysis;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * A stretch of a source file. Lines and columns start at 0, columns count UTF-16 units, the end is
 * exclusive.
 */
public record SourceRange(Path file, int startLine, int startColumn, int endLine, int endColumn) {
    /** As they stand in the sources; no place first. */
    public static final Comparator<SourceRange> BY_PLACE =
            Comparator.nullsFirst(
                    Comparator.comparing(SourceRange::file)
                            .thenComparingInt(SourceRange::startLine)
                            .thenComparingInt(SourceRange::startColumn));

    /** Its last character: of a body the brace that closes it. */
    public SourceRange closing() {
        return new SourceRange(file, endLine, Math.max(0, endColumn - 1), endLine, endColumn);
    }
}
