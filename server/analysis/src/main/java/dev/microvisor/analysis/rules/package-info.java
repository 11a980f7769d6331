/**
 * One class a rule. Start at {@link dev.microvisor.analysis.rules.Rule}; the list is {@link
 * dev.microvisor.analysis.rules.Rules}.
 *
 * <p>A rule is stateless, does no I/O and never throws on broken sources. What the catalog says is
 * read from there, not repeated here. The README of this module tells how to write one.
 */
package dev.microvisor.analysis.rules;
