package dev.microvisor.symbols.line;

/** A place where a breakpoint on a line can be. */
public record BreakpointLocation(SourceFile file, int line, int column, long address) {}
