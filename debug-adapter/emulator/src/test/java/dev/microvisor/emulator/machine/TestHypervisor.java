package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Hypervisor;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.guest.Timed;
import java.util.ArrayList;
import java.util.List;

/** A hypervisor that records what it is asked and has one event to give. */
public final class TestHypervisor implements Hypervisor {
    Guest guest;
    final List<String> log = new ArrayList<>();
    long due = Timed.NEVER;
    Runnable atDue = () -> {};

    /** Slot of the call that writes the time to the address in r0; -1 for none. */
    int timeSlot = -1;

    /** Calls that tell the time. */
    long timeCalls;

    /** How many of the last calls are compared. */
    int kept = 100;

    CallHandler onCall = (slot, r0, r1, r2, r3) -> 0;

    /** What a call does. */
    interface CallHandler {
        int call(int slot, int r0, int r1, int r2, int r3);
    }

    @Override
    public void attach(Guest newGuest) {
        guest = newGuest;
    }

    @Override
    public int call(int slot, int r0, int r1, int r2, int r3) {
        if (slot == timeSlot) {
            timeCalls++;
            guest.writeWord(r0, (int) microsecondsAt(guest.now()));
            guest.writeWord(r0 + 4, (int) (microsecondsAt(guest.now()) >>> 32));
        }
        log.add("call " + slot + " " + r0 + " " + r1 + " " + r2 + " " + r3 + " at " + guest.now());
        return onCall.call(slot, r0, r1, r2, r3);
    }

    @Override
    public boolean onlyTellsTime(int slot, int address) {
        return slot == timeSlot && guest.writable(address, Long.BYTES);
    }

    @Override
    public long microsecondsAt(long instruction) {
        return instruction / 160;
    }

    @Override
    public int keptCalls() {
        return kept;
    }

    @Override
    public void callsSkipped(long count) {
        timeCalls += count;
    }

    @Override
    public void applicationCrashed(StopReason.Fault fault) {
        log.add("crashed: " + fault.text());
    }

    @Override
    public boolean expectsOutsideInput() {
        return false;
    }

    @Override
    public long nextEvent() {
        return due;
    }

    @Override
    public void runEvents(long now) {
        due = Timed.NEVER;
        log.add("event at " + now);
        atDue.run();
    }

    @Override
    public Object save() {
        return due;
    }

    @Override
    public void restore(Object state) {
        due = (Long) state;
    }
}
