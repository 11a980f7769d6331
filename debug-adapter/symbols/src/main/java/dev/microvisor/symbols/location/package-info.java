/**
 * Where values are: DWARF expressions and location lists. Start at {@link
 * dev.microvisor.symbols.location.Location} for the results and {@link
 * dev.microvisor.symbols.location.Expression} for how they are computed.
 *
 * <p>A value that is not there has a reason in words ({@link
 * dev.microvisor.symbols.location.UnavailableException} inside, {@link
 * dev.microvisor.symbols.location.Location.OptimisedOut} outside).
 */
package dev.microvisor.symbols.location;
