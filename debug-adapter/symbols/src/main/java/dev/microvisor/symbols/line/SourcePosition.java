package dev.microvisor.symbols.line;

/**
 * A place in a source file.
 *
 * @param column 0 when unknown
 */
public record SourcePosition(SourceFile file, int line, int column) {
    @Override
    public String toString() {
        return file.name() + ":" + line;
    }
}
