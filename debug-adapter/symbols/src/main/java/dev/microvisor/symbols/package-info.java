/**
 * What a debugger wants to know about a program: code, lines, functions, variables, types, frames
 * and values. Start at {@link dev.microvisor.symbols.Program}, which is all that other modules
 * need.
 *
 * <p>Addresses are {@code long} from 0 to 0xFFFFFFFF; a sign-extended {@code int} is accepted
 * everywhere.
 */
package dev.microvisor.symbols;
