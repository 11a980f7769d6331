package dev.microvisor.emulator.kernel.channels;

/** A channel that nothing was sent through yet. */
public record Idle() implements Traffic {
    @Override
    public String phase() {
        return "no request yet";
    }

    @Override
    public boolean hasReceived() {
        return false;
    }
}
