/**
 * One class for each request that the editor may send, such as {@link
 * dev.microvisor.lsp.requests.HoverRequest}.
 *
 * <p>A request reads documents and snapshots and changes neither.
 */
package dev.microvisor.lsp.requests;
