package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.core.Processor;
import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.memory.AccessListener;
import dev.microvisor.emulator.system.SystemHost;

/** What memory and system registers tell the machine; some of it while that is put together. */
final class Wiring implements AccessListener, SystemHost {
    private final Machine machine;

    Wiring(Machine machine) {
        this.machine = machine;
    }

    @Override
    public void watchHit(int watchId, int address, boolean write) {
        machine.requestStop(new StopReason.Watchpoint(watchId, address, write));
    }

    @Override
    public void codeChanged(int address, int sizeBytes) {
        Processor processor = machine.processor();
        if (processor != null) {
            processor.codeChanged(address, sizeBytes);
        }
    }

    @Override
    public void modeChanged() {
        if (machine.processor() != null) {
            machine.processor().modeChanged();
        }
    }

    @Override
    public long now() {
        Processor processor = machine.processor();
        return processor == null ? 0 : processor.now();
    }

    @Override
    public void attention() {
        if (machine.processor() != null) {
            machine.eventsChanged();
        }
    }

    @Override
    public void protectionChanged() {
        machine.protectionChanged();
    }

    @Override
    public void protectionSwitched() {
        machine.memory().protectionSwitched();
    }

    @Override
    public void protectionChanged(int first, int last) {
        machine.memory().protectionChanged(first, last);
    }

    @Override
    public void resetRequested() {
        machine.hypervisor().applicationReset(ResetCause.SOFTWARE);
        machine.restartApplication();
    }

    @Override
    public void warnOnce(String message) {
        machine.warnOnce(message);
    }
}
