/**
 * The types of C and C++ programs. {@link dev.microvisor.symbols.type.TypeReader} makes them from
 * debugging entries, {@link dev.microvisor.symbols.type.TypeName} writes them as C does.
 *
 * <p>Types refer to each other in circles, so members and targets are read when they are asked for,
 * and types are compared by identity or by name, never deeply.
 */
package dev.microvisor.symbols.type;
