package dev.microvisor.dap.view;

import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.Registers;
import dev.microvisor.symbols.expression.TargetWriter;
import dev.microvisor.symbols.target.FrameContext;

/** Changes the stopped machine for an expression that assigns. */
final class MachineWriter implements TargetWriter {
    private final Debuggee machine;

    MachineWriter(Debuggee machine) {
        this.machine = machine;
    }

    @Override
    public boolean writeMemory(long address, byte[] bytes) {
        return machine.poke((int) address, bytes);
    }

    @Override
    public boolean writeRegister(int number, int value) {
        if (number >= 0 && number <= Registers.PC) {
            machine.registers().set(number, value);
            return true;
        }
        return number >= FrameContext.FIRST_SINGLE
                && writeNamed("s" + (number - FrameContext.FIRST_SINGLE), value);
    }

    @Override
    public boolean writeNamed(String name, int value) {
        return new RegisterNodes(machine.registers()).set(name, value);
    }
}
