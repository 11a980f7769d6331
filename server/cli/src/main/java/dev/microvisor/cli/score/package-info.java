/**
 * Compares what the linter reports with labels that people made by reading the same sources: what
 * was found, what was missed, which look-alikes were flagged, and how much was said beside. Start
 * at {@link dev.microvisor.cli.score.Scorecard}.
 *
 * <p>It judges the rules and knows nothing of how they work: findings and labels in, a table out.
 */
package dev.microvisor.cli.score;
