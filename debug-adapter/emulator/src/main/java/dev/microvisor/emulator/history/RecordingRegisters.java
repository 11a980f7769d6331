package dev.microvisor.emulator.history;

import dev.microvisor.emulator.machine.Registers;
import java.util.List;

/** Registers whose changes history hears of. */
record RecordingRegisters(Registers registers, Runnable changed) implements Registers {
    @Override
    public int get(int number) {
        return registers.get(number);
    }

    @Override
    public void set(int number, int value) {
        registers.set(number, value);
        changed.run();
    }

    @Override
    public int xpsr() {
        return registers.xpsr();
    }

    @Override
    public int msp() {
        return registers.msp();
    }

    @Override
    public int psp() {
        return registers.psp();
    }

    @Override
    public int named(String name) {
        return registers.named(name);
    }

    @Override
    public void setNamed(String name, int value) {
        registers.setNamed(name, value);
        changed.run();
    }

    @Override
    public List<String> names() {
        return registers.names();
    }
}
