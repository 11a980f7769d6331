package dev.microvisor.analysis;

/** A step of the path that leads to a finding. */
public record Note(SourceRange range, String message) {}
