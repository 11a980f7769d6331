/**
 * Reads the debugging entries of DWARF 4 and 5 (and 2 and 3 where they are the same): units,
 * entries with their attributes, address ranges. Start at {@link
 * dev.microvisor.symbols.dwarf.DwarfFile}.
 *
 * <p>Entries are decoded when they are asked for. What cannot be read throws {@link
 * dev.microvisor.symbols.elf.MalformedException} that names the section and the offset; whoever
 * asked skips that entry or unit and reports it in {@link dev.microvisor.symbols.dwarf.Problems}.
 */
package dev.microvisor.symbols.dwarf;
