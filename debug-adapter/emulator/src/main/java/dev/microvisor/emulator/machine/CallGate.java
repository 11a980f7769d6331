package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.core.TimeCalls;
import dev.microvisor.emulator.guest.Hypervisor;
import java.util.ArrayList;
import java.util.List;

/**
 * The non-secure-callable table. A system call is a branch to one of its slots; the status comes
 * back in r0, and r1 to r3, r12 and the flags are zero afterwards, as the secure side leaves them.
 */
final class CallGate implements TimeCalls {
    private static final int SLOT_BYTES = 8;

    private final CpuState cpu;
    private final Hypervisor hypervisor;
    private final List<SystemCallListener> listeners = new ArrayList<>();
    private boolean hearsOfTime;
    private int callSite;

    CallGate(CpuState cpu, Hypervisor hypervisor) {
        this.cpu = cpu;
        this.hypervisor = hypervisor;
    }

    static boolean isSlot(int address) {
        int offset = address - Machine.CALL_TABLE;
        return offset >= 0 && offset < Machine.CALL_SLOTS * SLOT_BYTES && offset % SLOT_BYTES == 0;
    }

    void addListener(SystemCallListener listener) {
        listeners.add(listener);
        listenersChanged();
    }

    void removeListener(SystemCallListener listener) {
        listeners.remove(listener);
        listenersChanged();
    }

    private void listenersChanged() {
        hearsOfTime = listeners.stream().anyMatch(SystemCallListener::hearsOfTime);
    }

    private int slot() {
        return (cpu.pc - Machine.CALL_TABLE) / SLOT_BYTES;
    }

    @Override
    public boolean isAtCall() {
        return isSlot(cpu.pc) && !hearsOfTime && hypervisor.onlyTellsTime(slot(), cpu.r[0]);
    }

    @Override
    public long microsecondsAt(long instruction) {
        return hypervisor.microsecondsAt(instruction);
    }

    @Override
    public int kept() {
        return hypervisor.keptCalls();
    }

    @Override
    public void skipped(long count) {
        hypervisor.callsSkipped(count);
        int site = cpu.r[CpuState.LR] & ~1;
        listeners.forEach(listener -> listener.jumpedOver(slot(), site, count));
    }

    /** Return address of the last call. */
    int callSite() {
        return callSite;
    }

    /** Makes the call at the PC; the PC goes to the return address, which is also the result. */
    int call(long now) {
        int slot = slot();
        int[] r = cpu.r;
        int target = r[CpuState.LR];
        callSite = target & ~1;
        int status;
        if (listeners.isEmpty()) {
            status = hypervisor.call(slot, r[0], r[1], r[2], r[3]);
        } else {
            SystemCallListener.Call call =
                    new SystemCallListener.Call(now, slot, r[0], r[1], r[2], r[3], callSite);
            listeners.forEach(listener -> listener.before(call));
            status = hypervisor.call(slot, r[0], r[1], r[2], r[3]);
            listeners.forEach(listener -> listener.after(call, status));
        }
        r[0] = status;
        r[1] = 0;
        r[2] = 0;
        r[3] = 0;
        r[12] = 0;
        cpu.setApsrFlags(0);
        cpu.pc = target & ~1;
        return target;
    }
}
