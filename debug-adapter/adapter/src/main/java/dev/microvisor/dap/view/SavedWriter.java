package dev.microvisor.dap.view;

import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.symbols.expression.TargetWriter;

/** Changes a task that does not run: its registers are in memory, the core's are not its own. */
record SavedWriter(Debuggee machine) implements TargetWriter {
    @Override
    public boolean writeMemory(long address, byte[] bytes) {
        return machine.poke((int) address, bytes);
    }

    @Override
    public boolean writeRegister(int number, int value) {
        return false;
    }

    @Override
    public boolean writeNamed(String name, int value) {
        return false;
    }
}
