/**
 * Source text and edits to it. Start at {@link dev.microvisor.analysis.text.SourceText}.
 *
 * <p>The one place that turns lines and columns into offsets, decodes a file so that writing it
 * back gives the same bytes, and decides which fixes may be applied together. Command line and
 * editor both come here, so a fix means the same in both.
 */
package dev.microvisor.analysis.text;
