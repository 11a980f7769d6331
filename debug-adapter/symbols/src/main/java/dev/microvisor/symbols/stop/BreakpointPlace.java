package dev.microvisor.symbols.stop;

import dev.microvisor.symbols.line.SourceLine;
import dev.microvisor.symbols.scope.Function;
import java.util.Optional;

/**
 * An address to stop at.
 *
 * @param line the line it is on, which may be after the one that was asked for
 */
public record BreakpointPlace(
        long address, Optional<SourceLine> line, Optional<Function> function) {}
