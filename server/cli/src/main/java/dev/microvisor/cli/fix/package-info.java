/**
 * Applies fixes, or shows what they would change. Start at {@link dev.microvisor.cli.fix.FixRun}.
 *
 * <p>Fixes are made in memory, in rounds, until nothing is left to mend; only then is a file
 * written, in the encoding in which it was read.
 */
package dev.microvisor.cli.fix;
