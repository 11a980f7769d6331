package dev.microvisor.emulator.cloud.broker;

import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One version of the protocol, as the client library speaks it. Arguments that the protocol does
 * not have are answered with an {@link IllegalArgumentException}, thrown or in the future.
 */
interface BrokerClient {
    /** The reason code of the broker's answer; 0 for a session. */
    CompletableFuture<Integer> connect(MqttCommand.Connect request);

    /** A reason code for each topic. */
    CompletableFuture<List<Integer>> subscribe(MqttCommand.Subscribe request);

    /** A reason code for each topic. */
    CompletableFuture<List<Integer>> unsubscribe(MqttCommand.Unsubscribe request);

    /** The reason code; 0 for QoS 0. */
    CompletableFuture<Integer> publish(MqttCommand.Publish request);

    CompletableFuture<Void> disconnect();
}
