package dev.microvisor.lsp.document;

/**
 * An edit as far as lines are concerned.
 *
 * @param firstLine first line that changed
 * @param lastLine last line that changed, as numbered before the edit
 * @param delta lines that everything below moved down
 */
public record LineChange(int firstLine, int lastLine, int delta) {}
