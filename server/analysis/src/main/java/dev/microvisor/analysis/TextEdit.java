package dev.microvisor.analysis;

/** Replaces a stretch of a file by {@code newText}; an empty range inserts. */
public record TextEdit(SourceRange range, String newText) {}
