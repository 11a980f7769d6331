/**
 * The editor's documents: their texts, and positions in them. Start at {@link
 * dev.microvisor.lsp.document.Documents}.
 *
 * <p>Inside the server columns count UTF-16 units, as Java's strings do; only {@link
 * dev.microvisor.lsp.document.Places} knows what the client counts.
 */
package dev.microvisor.lsp.document;
