/**
 * The command line {@code microvisor-server.jar}: {@code lint}, {@code explain}, {@code rules} and
 * {@code lsp}. Start at {@link dev.microvisor.cli.Main}.
 *
 * <p>Results go to standard output and nothing else does; all that is said about the run goes to
 * standard error. A mistake of the user gives one line and exit code 2, never a stack trace.
 */
package dev.microvisor.cli;
