/**
 * {@code run --explore-faults}: what firmware does when a call fails. Every place that calls
 * Microvisor is visited once for each error status that the call's documents list, that status is
 * answered in place of Microvisor's own, and what becomes of the firmware is judged against a run
 * without it. Start at {@link dev.microvisor.debug.explore.Exploration}.
 *
 * <p>Results do not depend on the host, on how many trials run at a time, or on how they are
 * divided between machines.
 */
package dev.microvisor.debug.explore;
