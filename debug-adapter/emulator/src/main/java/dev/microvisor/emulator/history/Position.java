package dev.microvisor.emulator.history;

import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.Registers;

/**
 * A point in a run. The instruction number alone does not tell before from after when an exception
 * is taken, which costs no instruction; program counter, stack pointer and IPSR do.
 */
record Position(long instruction, int pc, int sp, int exception) {
    static Position of(Machine machine) {
        Registers registers = machine.registers();
        return new Position(
                machine.now(),
                registers.get(Registers.PC),
                registers.get(Registers.SP),
                machine.activeException());
    }
}
