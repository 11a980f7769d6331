package dev.microvisor.emulator.cloud;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where an MQTT broker listens.
 *
 * @param tls true for MQTT inside TLS
 */
public record BrokerAddress(String host, int port, boolean tls) {
    /** The port that IANA has given to MQTT. */
    public static final int PLAIN_PORT = 1883;

    /** The port that IANA has given to MQTT inside TLS. */
    public static final int TLS_PORT = 8883;

    private static final int MAX_PORT = 0xFFFF;

    /** Reads {@code mqtt://host:port} or {@code mqtts://host:port}; empty for anything else. */
    static Optional<BrokerAddress> parse(String text) {
        try {
            URI uri = new URI(text);
            boolean tls = "mqtts".equals(uri.getScheme());
            boolean other =
                    uri.getHost() == null
                            || !(tls || "mqtt".equals(uri.getScheme()))
                            || uri.getUserInfo() != null
                            || !uri.getRawPath().isEmpty()
                            || uri.getPort() == 0
                            || uri.getPort() > MAX_PORT;
            if (other) {
                return Optional.empty();
            }
            int standard = tls ? TLS_PORT : PLAIN_PORT;
            return Optional.of(
                    new BrokerAddress(
                            uri.getHost(), uri.getPort() < 0 ? standard : uri.getPort(), tls));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Host and port, for messages. */
    public String text() {
        return host + ":" + port;
    }
}
