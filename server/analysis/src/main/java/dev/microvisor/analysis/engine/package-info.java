/**
 * Follows the paths of functions and knows at each point what values, statuses and handles can be.
 * Start at {@link dev.microvisor.analysis.engine.Engine}.
 *
 * <p>A path's {@link dev.microvisor.analysis.engine.State} maps places (variable, fields, at most
 * one dereference at the root) to values. The result of a system call is a symbol with the set of
 * statuses it can still be; every test on it, or on something derived from it, narrows that set.
 * What a call writes when it succeeds is {@link dev.microvisor.analysis.engine.Value.Pending} on
 * that symbol until then, so no path is split before the program splits it. Called functions of the
 * program come in as summaries. Everything is bounded; past a bound less is known, never more.
 */
package dev.microvisor.analysis.engine;
