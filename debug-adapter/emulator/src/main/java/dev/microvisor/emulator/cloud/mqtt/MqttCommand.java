package dev.microvisor.emulator.cloud.mqtt;

import dev.microvisor.emulator.api.MqttVersion;
import dev.microvisor.emulator.bytes.Bytes;
import java.util.List;
import java.util.Optional;

/** What firmware sends to a broker. */
public sealed interface MqttCommand {
    /**
     * Opens the session.
     *
     * @param username empty when the device does not say who it is
     * @param certificates of authorities, DER
     * @param clientCertificates the device's own chain, DER
     */
    record Connect(
            MqttVersion version,
            String host,
            int port,
            String clientId,
            Optional<String> username,
            Optional<Bytes> password,
            List<Bytes> certificates,
            List<Bytes> clientCertificates,
            Bytes clientKey,
            int keepAliveSeconds,
            boolean cleanStart,
            Optional<MqttMessage> will)
            implements MqttCommand {
        public Connect {
            certificates = List.copyOf(certificates);
            clientCertificates = List.copyOf(clientCertificates);
        }
    }

    /** Asks for topics. */
    record Subscribe(int correlationId, List<Subscription> subscriptions) implements MqttCommand {
        public Subscribe {
            subscriptions = List.copyOf(subscriptions);
        }
    }

    /**
     * A topic filter.
     *
     * @param noLocal true: not what this client publishes itself
     */
    record Subscription(
            String filter,
            int qos,
            boolean noLocal,
            boolean retainAsPublished,
            int retainHandling) {}

    /** Gives topics up. */
    record Unsubscribe(int correlationId, List<String> filters) implements MqttCommand {
        public Unsubscribe {
            filters = List.copyOf(filters);
        }
    }

    /** Sends a message. */
    record Publish(int correlationId, MqttMessage message) implements MqttCommand {}

    /** Confirms a message that was received. */
    record Acknowledge(int correlationId) implements MqttCommand {}

    /** Ends the session in good order. */
    record Disconnect() implements MqttCommand {}

    /** The channel is gone without a word. */
    record Vanish() implements MqttCommand {}
}
