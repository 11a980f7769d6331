package dev.microvisor.emulator.cloud.broker;

import dev.microvisor.emulator.cloud.BrokerAddress;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;

/**
 * A command that firmware gave to a real broker; equal commands of different instructions are
 * different.
 *
 * @param channel handle of the channel
 * @param instruction at which the call was made
 */
public record Sent(int channel, long instruction, BrokerAddress broker, MqttCommand command) {
    /** The command in words, the same in every run. */
    public String words() {
        if (command instanceof MqttCommand.Connect connect) {
            return "connect to "
                    + broker.text()
                    + " as "
                    + connect.clientId()
                    + " for "
                    + connect.host()
                    + ":"
                    + connect.port();
        }
        if (command instanceof MqttCommand.Subscribe subscribe) {
            return "subscribe "
                    + subscribe.correlationId()
                    + " "
                    + String.join(
                            " ",
                            subscribe.subscriptions().stream()
                                    .map(s -> s.filter() + " (QoS " + s.qos() + ")")
                                    .toList());
        }
        if (command instanceof MqttCommand.Unsubscribe unsubscribe) {
            return "unsubscribe "
                    + unsubscribe.correlationId()
                    + " "
                    + String.join(" ", unsubscribe.filters());
        }
        if (command instanceof MqttCommand.Publish publish) {
            return "publish "
                    + publish.correlationId()
                    + " "
                    + publish.message().topic()
                    + " "
                    + publish.message().payload().size()
                    + " bytes";
        }
        return command.getClass().getSimpleName();
    }
}
