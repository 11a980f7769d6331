package dev.microvisor.dap.view;

import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.Registers;
import dev.microvisor.symbols.target.FrameContext;
import java.util.OptionalInt;

/** The stopped machine as the symbols see it. */
public final class MachineContext implements FrameContext {
    private static final int SINGLES = 32;

    private final Debuggee machine;

    public MachineContext(Debuggee machine) {
        this.machine = machine;
    }

    @Override
    public byte[] read(long address, int sizeBytes) {
        return machine.peek((int) address, sizeBytes);
    }

    @Override
    public OptionalInt register(int number) {
        Registers registers = machine.registers();
        if (number >= 0 && number <= Registers.PC) {
            return OptionalInt.of(registers.get(number));
        }
        if (number >= FIRST_SINGLE && number < FIRST_SINGLE + SINGLES) {
            return named("s" + (number - FIRST_SINGLE));
        }
        return OptionalInt.empty();
    }

    @Override
    public OptionalInt named(String name) {
        return new RegisterNodes(machine.registers())
                .value(name)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}
