package dev.microvisor.emulator.kernel.call;

/** Something that happens later. Immutable data: it is saved with the state of the machine. */
public interface Event {
    void happen(Host host);
}
