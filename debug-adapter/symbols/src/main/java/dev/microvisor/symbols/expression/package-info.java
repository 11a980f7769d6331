/**
 * Evaluates C expressions on a stopped machine. Start at {@link
 * dev.microvisor.symbols.expression.Evaluator}.
 *
 * <p>Nothing is changed unless the caller gives a {@link
 * dev.microvisor.symbols.expression.TargetWriter}; functions of the program are never called. What
 * cannot be done throws {@link dev.microvisor.symbols.expression.ExpressionException}, whose
 * message is for the user.
 */
package dev.microvisor.symbols.expression;
