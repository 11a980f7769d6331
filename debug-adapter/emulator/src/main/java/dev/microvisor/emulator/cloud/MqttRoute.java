package dev.microvisor.emulator.cloud;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which real broker stands for a host that firmware names.
 *
 * @param host pattern of the host's name
 * @param port empty: any
 * @param broker empty: the host itself
 */
public record MqttRoute(UrlPattern host, OptionalInt port, Optional<BrokerAddress> broker) {
    boolean matches(String wantedHost, int wantedPort) {
        return host.matches(wantedHost) && (port.isEmpty() || port.getAsInt() == wantedPort);
    }
}
