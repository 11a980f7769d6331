/**
 * A session: its state, its threads, what it tells the client. Start at {@link
 * dev.microvisor.dap.session.Session}.
 *
 * <p>Only the machine's thread touches a session's state; what other threads may call says so.
 */
package dev.microvisor.dap.session;
