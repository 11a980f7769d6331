/**
 * The Microvisor API as data: every system call, structure, enumeration, status and limit, once.
 *
 * <p>Start at {@link dev.microvisor.catalog.Catalog#bundled()}. Everything here is immutable; the
 * files are checked when they are read, so a caller may trust what it is given. This package knows
 * nothing of C parsing, of the emulator or of any protocol.
 */
package dev.microvisor.catalog;
