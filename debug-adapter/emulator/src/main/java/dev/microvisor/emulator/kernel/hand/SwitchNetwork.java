package dev.microvisor.emulator.kernel.hand;

import dev.microvisor.emulator.kernel.call.Host;

/** The network goes away, or comes back after the connect delay of the cloud file. */
public record SwitchNetwork(boolean up) implements Intervention {
    @Override
    public Outcome apply(Host host) {
        String before = host.network().status().constantName();
        if (up == host.network().available()) {
            return Outcome.refused("the network is %s already", up ? "up" : "down");
        }
        host.network().setAvailable(up);
        return Outcome.done(
                "network %s: status was %s, is %s",
                up ? "up" : "down", before, host.network().status().constantName());
    }
}
