/**
 * Writes findings down in the formats that people and build servers read. Start at {@link
 * dev.microvisor.cli.report.OutputFormat}.
 *
 * <p>A format reads a {@link dev.microvisor.cli.report.Report} and changes nothing; the same report
 * gives the same bytes.
 */
package dev.microvisor.cli.report;
