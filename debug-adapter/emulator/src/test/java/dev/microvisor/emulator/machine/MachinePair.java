package dev.microvisor.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Consumer;
import java.util.function.Function;

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
        compiled = firmware.machine(hypervisor, options.withCompiles(true));
        interpreted = firmware.machine(interpretedHypervisor, options.withCompiles(false));
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

    int compiledRegions() {
        return compiled.processor().regions().size();
    }
}
