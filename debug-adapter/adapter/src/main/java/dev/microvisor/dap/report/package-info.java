/** Crashes and call stacks as text. Start at {@link dev.microvisor.dap.report.CrashReport}. */
package dev.microvisor.dap.report;
