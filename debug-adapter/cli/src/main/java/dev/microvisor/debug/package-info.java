/**
 * The commands of microvisor-debug.jar. Start at {@link dev.microvisor.debug.Main}.
 *
 * <p>Commands read their arguments and say what is wrong with them; the work is done elsewhere.
 */
package dev.microvisor.debug;
