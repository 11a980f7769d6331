/**
 * Running firmware without a debugger and saying what happened. Start at {@link
 * dev.microvisor.debug.run.FirmwareRun}.
 */
package dev.microvisor.debug.run;
