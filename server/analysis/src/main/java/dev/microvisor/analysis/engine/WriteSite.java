package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;

/**
 * A write on one path, before it happens: made here, or inside a function called here.
 *
 * @param function the function that is being followed
 * @param instr its instruction that writes, or that calls the function which writes
 */
public record WriteSite(Function function, Instr instr, Write write, State state) {}
