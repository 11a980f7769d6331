/**
 * The language server: a companion beside clangd or cpptools that knows the Microvisor contract and
 * repeats nothing they do. Start at {@link dev.microvisor.lsp.LanguageServerMain}, then {@link
 * dev.microvisor.lsp.MicrovisorServer}.
 *
 * <p>Standard output carries the protocol and nothing else. A broken message, an unknown method or
 * a bug in one feature gives an error response or a log line; the server stays up until its input
 * ends or the client says exit. The only module that sees {@code org.eclipse.lsp4j}.
 */
package dev.microvisor.lsp;
