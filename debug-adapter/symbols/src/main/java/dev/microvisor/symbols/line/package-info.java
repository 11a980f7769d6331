/**
 * Line tables: which source line an address belongs to and where the code of a line is. Start at
 * {@link dev.microvisor.symbols.line.LineIndex}.
 *
 * <p>Where a table leaves room for opinion (several rows at one address, rows that are no good
 * place to stop), this package decides as gdb does, so that both stop at the same place.
 */
package dev.microvisor.symbols.line;
