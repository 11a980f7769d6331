/**
 * Where to stop: the first address of a function after its prologue, and the addresses of a
 * breakpoint on a line. Start at {@link dev.microvisor.symbols.stop.StopPlaces}.
 */
package dev.microvisor.symbols.stop;
