/**
 * Finds breaches of the Microvisor contract in C and C++ sources.
 *
 * <p>Start at {@link dev.microvisor.analysis.Linter}: project in, findings out. The subpackages are
 * the stages, in order: {@code project} (which files, which compiler flags), {@code frontend} (the
 * only package that sees CDT), {@code ir} (our own functions and control-flow graphs), {@code
 * engine} (states along paths), {@code rules} (one class a rule). No type of an editor protocol and
 * no CDT type leaves or enters here.
 */
package dev.microvisor.analysis;
