/**
 * What people look at: frames, values, registers and what Microvisor holds, as trees of rows. Start
 * at {@link dev.microvisor.dap.view.Node}. Nothing here changes the firmware or knows the protocol.
 */
package dev.microvisor.dap.view;
