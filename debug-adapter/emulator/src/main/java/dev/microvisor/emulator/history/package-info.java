/**
 * Time travel: a machine that remembers, so that a debugger can go back.
 *
 * <p>Start at {@link dev.microvisor.emulator.history.History}. Snapshots are taken while the
 * machine runs; any point in the past is the nearest snapshot before it, run forward again. That
 * works because the instruction count is the only clock: from equal states equal things follow.
 * What a debugger changed by hand is the exception, so the state after each change is kept and put
 * back whenever a replay passes it.
 */
package dev.microvisor.emulator.history;
