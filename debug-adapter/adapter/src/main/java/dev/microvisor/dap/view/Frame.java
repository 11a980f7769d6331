package dev.microvisor.dap.view;

import dev.microvisor.symbols.line.SourceLine;
import java.util.Optional;

/**
 * A row of the call stack.
 *
 * @param index 0 for the innermost
 * @param function name for people
 * @param pc address to go back to; for callers the instruction after the call
 * @param line where it is in source
 * @param inlined true when it shares its machine frame with the row that follows
 * @param exception name of the exception whose handler this row is; empty for ordinary functions
 */
public record Frame(
        int index,
        String function,
        int pc,
        Optional<SourceLine> line,
        boolean inlined,
        String exception) {}
