/**
 * What this module needs of a stopped machine: registers and memory. The debug adapter implements
 * {@link dev.microvisor.symbols.target.FrameContext} for the machine as it stands; frames further
 * out get theirs by unwinding.
 */
package dev.microvisor.symbols.target;
