package dev.microvisor.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.microvisor.emulator.guest.Peripheral;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The same firmware compiled and interpreted, which must never differ. */
final class MachinePair {
    final TestHypervisor hypervisor = new TestHypervisor();
    final TestHypervisor interpretedHypervisor = new TestHypervisor();
    final Machine compiled;
    private final Machine interpreted;

    MachinePair(TinyFirmware firmware) {
        this(firmware, MachineOptions.defaults());
    }

    MachinePair(TinyFirmware firmware, MachineOptions options) {
        this(firmware, options, List::of);
    }

    /**
     * @param peripherals makes those of one machine
     */
    MachinePair(
            TinyFirmware firmware, MachineOptions options, Supplier<List<Peripheral>> peripherals) {
        compiled = firmware.machine(hypervisor, peripherals.get(), options.withCompiles(true));
        interpreted =
                firmware.machine(
                        interpretedHypervisor, peripherals.get(), options.withCompiles(false));
    }

    /** Does something to both. */
    MachinePair both(Consumer<Machine> change) {
        change.accept(compiled);
        change.accept(interpreted);
        return this;
    }

    /** Lets an interrupt come at an instruction number. */
    void interruptAt(long instruction, int irq) {
        hypervisor.due = instruction;
        hypervisor.atDue = () -> compiled.pendInterrupt(irq);
        interpretedHypervisor.due = instruction;
        interpretedHypervisor.atDue = () -> interpreted.pendInterrupt(irq);
        both(Machine::eventsChanged);
    }

    /** What system calls do on each machine. */
    void onCall(Function<Machine, TestHypervisor.CallHandler> handler) {
        hypervisor.onCall = handler.apply(compiled);
        interpretedHypervisor.onCall = handler.apply(interpreted);
    }

    /** Compares what the machines have asked their hypervisors. */
    void compareCalls() {
        assertEquals(interpretedHypervisor.log, hypervisor.log);
    }

    /** Runs both and compares why they stop, when, and where; returns why. */
    String run(long until, String what) {
        String expected = interpreted.run(until).text();
        assertEquals(expected, compiled.run(until).text(), what);
        assertEquals(interpreted.now(), compiled.now(), what);
        for (int i = 0; i <= Registers.PC; i++) {
            int register = i;
            assertEquals(
                    interpreted.registers().get(i),
                    compiled.registers().get(i),
                    () -> what + ", register " + register + " at " + compiled.now());
        }
        assertEquals(interpreted.registers().xpsr(), compiled.registers().xpsr(), what + ", xPSR");
        return expected;
    }

    /** Runs both and compares everything that a program can see, too. */
    String runAndCompareAll(long until, String what) {
        String end = run(until, what);
        assertEquals(interpreted.stateHash(), compiled.stateHash(), what + " at " + compiled.now());
        return end;
    }

    long now() {
        return compiled.now();
    }

    /**
     * Runs both to every instruction of a loop, and by stretches of every length up to three
     * rounds.
     *
     * @param round instructions of the loop, at least
     */
    void stopAtEveryInstruction(int round) {
        for (int i = 0; i < 2 * round; i++) {
            run(now() + 1, "one instruction");
        }
        for (int stretch = 1; stretch < 3 * round; stretch++) {
            run(now() + stretch, "stretch of " + stretch);
        }
        runAndCompareAll(now() + 1, "at the end");
    }

    /** Lets interrupt 3 come at every instruction of a loop. */
    void interruptAtEveryInstruction(int round) {
        both(machine -> machine.system().write(0xE000_E100, 4, 8));
        for (int i = 0; i < 3 * round; i++) {
            long at = now() + 500 + i;
            interruptAt(at, 3);
            run(at, "before the interrupt");
            run(at + 1, "first instruction of the handler");
            run(at + round, "behind the interrupt");
        }
        runAndCompareAll(now() + 1, "at the end");
    }

    /**
     * Sets a breakpoint at one instruction after the other.
     *
     * @param times how often each is run into
     */
    void breakAtEveryInstruction(int first, int last, int times) {
        for (int address = first; address <= last; address += 2) {
            Set<Integer> breakpoints = Set.of(address);
            String what = String.format("breakpoint at 0x%08x", address);
            both(machine -> machine.setBreakpoints(breakpoints));
            for (int i = 0; i < times; i++) {
                run(now() + 300, what);
            }
            both(machine -> machine.setBreakpoints(Set.of()));
            run(now() + 3000, "without breakpoints");
        }
        runAndCompareAll(now() + 1, "at the end");
    }

    int compiledRegions() {
        return compiled.processor().regions().size();
    }
}
