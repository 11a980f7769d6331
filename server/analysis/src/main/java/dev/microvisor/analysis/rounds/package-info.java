/**
 * What one round of a main loop leaves for the next, for channels. Start at {@link
 * dev.microvisor.analysis.rounds.ChannelRounds}.
 *
 * <p>The engine follows a function from its start, with nothing known of static variables. Here
 * {@code main} and the tasks are followed through all that they call, state by state, until no new
 * state comes ({@code RoundWalk}): for the few static variables that keep handles and the flags
 * that decide about them ({@code RoundCells}). What is not followed may be anything. Everything is
 * bounded; past a bound nothing is told.
 */
package dev.microvisor.analysis.rounds;
