/**
 * Reads 32-bit little-endian Arm ELF files. Start at {@link
 * dev.microvisor.symbols.elf.ElfFile#open}.
 *
 * <p>Everything is checked against the size of the file before it is used, so that a damaged or
 * hostile file ends in an {@link dev.microvisor.symbols.elf.ElfFormatException}, never in exhausted
 * memory or an endless loop.
 */
package dev.microvisor.symbols.elf;
