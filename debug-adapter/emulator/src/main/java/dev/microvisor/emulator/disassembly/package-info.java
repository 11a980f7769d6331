/**
 * Instructions as text, in the unified syntax that {@code arm-none-eabi-objdump} writes. Start at
 * {@link dev.microvisor.emulator.disassembly.Disassembler}.
 *
 * <p>What an instruction is comes from the emulator's own decode table, so text and execution
 * cannot disagree; {@link dev.microvisor.emulator.disassembly.SyntaxTable} only says how each row
 * is written. Reads no machine state.
 */
package dev.microvisor.emulator.disassembly;
