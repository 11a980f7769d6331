package dev.microvisor.emulator.kernel.hand;

import dev.microvisor.emulator.kernel.call.Host;

/** The server switches application logging on or off. */
public record SwitchLogging(boolean enabled) implements Intervention {
    @Override
    public Outcome apply(Host host) {
        host.log().setEnabled(enabled);
        return Outcome.done("the server switched application logging %s", enabled ? "on" : "off");
    }
}
