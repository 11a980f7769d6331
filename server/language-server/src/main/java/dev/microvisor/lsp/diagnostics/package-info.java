/**
 * From an edit to diagnostics: when to analyse, and what to publish. Start at {@link
 * dev.microvisor.lsp.diagnostics.Diagnoser}.
 *
 * <p>Each open document has one {@link dev.microvisor.lsp.diagnostics.FileWorker}: never two
 * analyses of one document at a time, and a newer edit cancels older work. Nothing is published for
 * a text that is no longer the document's.
 */
package dev.microvisor.lsp.diagnostics;
