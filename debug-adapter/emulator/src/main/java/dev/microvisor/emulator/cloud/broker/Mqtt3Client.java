package dev.microvisor.emulator.cloud.broker;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.suback.Mqtt3SubAckReturnCode;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.cloud.mqtt.MqttMessage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** MQTT 3.1.1, whose brokers say less: no reason for an end, no code for a publish. */
final class Mqtt3Client implements BrokerClient {
    private final Mqtt3AsyncClient client;

    Mqtt3Client(Mqtt3ClientBuilder builder, Inbox inbox) {
        client =
                builder.addDisconnectedListener(context -> inbox.ended(Optional.empty()))
                        .buildAsync();
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                message ->
                        inbox.received(
                                new MqttMessage(
                                        message.getTopic().toString(),
                                        Bytes.of(message.getPayloadAsBytes()),
                                        message.getQos().getCode(),
                                        message.isRetain()),
                                message::acknowledge),
                true);
    }

    @Override
    public CompletableFuture<Integer> connect(MqttCommand.Connect request) {
        Mqtt3ConnectBuilder connect =
                Mqtt3Connect.builder()
                        .cleanSession(request.cleanStart())
                        .keepAlive(request.keepAliveSeconds());
        if (request.username().isPresent()) {
            connect =
                    connect.simpleAuth(
                            Mqtt3SimpleAuth.builder()
                                    .username(request.username().get())
                                    .password(request.password().orElse(Bytes.EMPTY).toArray())
                                    .build());
        }
        if (request.will().isPresent()) {
            connect = connect.willPublish(publish(request.will().get()));
        }
        return Failures.recovering(
                client.connect(connect.build()).thenApply(said -> said.getReturnCode().getCode()),
                Mqtt3ConnAckException.class,
                e -> e.getMqttMessage().getReturnCode().getCode());
    }

    private static Mqtt3Publish publish(MqttMessage message) {
        return Mqtt3Publish.builder()
                .topic(message.topic())
                .payload(message.payload().toArray())
                .qos(Failures.qos(message.qos()))
                .retain(message.retain())
                .build();
    }

    @Override
    public CompletableFuture<List<Integer>> subscribe(MqttCommand.Subscribe request) {
        List<Mqtt3Subscription> subscriptions =
                request.subscriptions().stream()
                        .map(
                                wanted ->
                                        Mqtt3Subscription.builder()
                                                .topicFilter(wanted.filter())
                                                .qos(Failures.qos(wanted.qos()))
                                                .build())
                        .toList();
        return Failures.recovering(
                client.subscribe(Mqtt3Subscribe.builder().addSubscriptions(subscriptions).build())
                        .thenApply(said -> codes(said.getReturnCodes())),
                Mqtt3SubAckException.class,
                e -> codes(e.getMqttMessage().getReturnCodes()));
    }

    private static List<Integer> codes(List<Mqtt3SubAckReturnCode> codes) {
        return codes.stream().map(Mqtt3SubAckReturnCode::getCode).toList();
    }

    @Override
    public CompletableFuture<List<Integer>> unsubscribe(MqttCommand.Unsubscribe request) {
        Mqtt3Unsubscribe unsubscribe =
                Mqtt3Unsubscribe.builder()
                        .addTopicFilters(request.filters().stream().map(Failures::filter).toList())
                        .build();
        return client.unsubscribe(unsubscribe)
                .thenApply(done -> Collections.nCopies(request.filters().size(), 0));
    }

    @Override
    public CompletableFuture<Integer> publish(MqttCommand.Publish request) {
        return client.publish(publish(request.message())).thenApply(done -> 0);
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        return client.disconnect();
    }
}
