package dev.microvisor.lsp.document;

import dev.microvisor.analysis.text.SourceText;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One version of an open document.
 *
 * @param uri as the client wrote it
 * @param path where it is on disk; empty for an unsaved or virtual document
 * @param version the client's number
 */
public record Document(String uri, Optional<Path> path, int version, SourceText text) {}
