package dev.microvisor.emulator.kernel.wifi;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.guest.Stateful;

/** The Wi-Fi network that Microvisor was told to use. Kept over restarts of the application. */
public final class WifiSettings implements Stateful<WifiSettings.State> {
    private State state = State.NONE;

    /** Name and password; both empty when nothing is stored. */
    public record State(Bytes ssid, Bytes password) {
        static final State NONE = new State(Bytes.EMPTY, Bytes.EMPTY);
    }

    Bytes ssid() {
        return state.ssid();
    }

    boolean encrypted() {
        return !state.password().isEmpty();
    }

    void store(Bytes ssid, Bytes password) {
        state = new State(ssid, password);
    }

    void clear() {
        state = State.NONE;
    }

    @Override
    public State save() {
        return state;
    }

    @Override
    public void restore(State saved) {
        state = saved;
    }
}
