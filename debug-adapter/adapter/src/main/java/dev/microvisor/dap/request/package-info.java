/**
 * One class a request. Each answers on the machine's thread, in whatever state the session is, and
 * fails with a sentence for the user when it cannot.
 */
package dev.microvisor.dap.request;
