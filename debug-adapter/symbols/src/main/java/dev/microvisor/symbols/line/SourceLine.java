package dev.microvisor.symbols.line;

/**
 * A stretch of code and the source line it belongs to.
 *
 * @param line 1 for the first line; 0 when the code belongs to no line
 * @param column 1 for the first column; 0 when unknown
 * @param start first address
 * @param end first address after it
 * @param isStatement whether {@code start} is a good place to stop
 */
public record SourceLine(
        SourceFile file, int line, int column, long start, long end, boolean isStatement) {
    @Override
    public String toString() {
        return file.name() + ":" + line;
    }
}
