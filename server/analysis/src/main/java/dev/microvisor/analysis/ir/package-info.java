/**
 * The program as rules and engine see it: functions as control-flow graphs of simple instructions.
 * Start at {@link dev.microvisor.analysis.ir.Program} and {@link
 * dev.microvisor.analysis.ir.Function}.
 *
 * <p>Promises: expressions in instructions have no side effects (calls, assignments and increments
 * are instructions of their own, in evaluation order); {@code &&}, {@code ||} and {@code ?:} are
 * branches; {@code sizeof} and enumerators are numbers; {@code a->b} is a field of a dereference;
 * every node knows its place in the source. Nothing here knows CDT.
 */
package dev.microvisor.analysis.ir;
