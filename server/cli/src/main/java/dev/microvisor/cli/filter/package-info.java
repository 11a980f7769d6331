/**
 * Keeps old findings out of a report: those in a baseline file, those outside the changed lines.
 * Start at {@link dev.microvisor.cli.filter.Baseline} and {@link
 * dev.microvisor.cli.filter.ChangedLines}.
 *
 * <p>A filter only takes findings away; it never changes one.
 */
package dev.microvisor.cli.filter;
