package dev.microvisor.emulator.cloud.mqtt;

import dev.microvisor.emulator.guest.Stateful;
import java.util.List;

/**
 * What answers MQTT requests. Its state is saved and restored with the machine's, so an
 * implementation that talks to the world outside must record what came in.
 */
public interface MqttLink extends Stateful<Object> {
    /** Takes what a channel's firmware sends and says what will come of it. */
    List<Delivery> send(int channel, MqttCommand command);

    /** Publishes a message from outside the device. */
    List<Delivery> publish(MqttMessage message);

    /** A reply on its way to a channel. */
    record Delivery(int channel, MqttReply reply) {}
}
