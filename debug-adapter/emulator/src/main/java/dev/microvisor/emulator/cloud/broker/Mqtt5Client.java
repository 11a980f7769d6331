package dev.microvisor.emulator.cloud.broker;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5UnsubAckException;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.cloud.mqtt.MqttMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** MQTT 5. */
final class Mqtt5Client implements BrokerClient {
    private final Mqtt5AsyncClient client;

    Mqtt5Client(Mqtt5ClientBuilder builder, Inbox inbox) {
        client =
                builder.addDisconnectedListener(context -> inbox.ended(endCode(context.getCause())))
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

    /** The reason that the broker gave for ending the connection, if it gave one. */
    private static Optional<Integer> endCode(Throwable cause) {
        return cause instanceof Mqtt5DisconnectException said
                ? Optional.of(said.getMqttMessage().getReasonCode().getCode())
                : Optional.empty();
    }

    @Override
    public CompletableFuture<Integer> connect(MqttCommand.Connect request) {
        Mqtt5ConnectBuilder connect =
                Mqtt5Connect.builder()
                        .cleanStart(request.cleanStart())
                        .keepAlive(request.keepAliveSeconds());
        if (request.username().isPresent()) {
            connect =
                    connect.simpleAuth(
                            Mqtt5SimpleAuth.builder()
                                    .username(request.username().get())
                                    .password(request.password().orElse(Bytes.EMPTY).toArray())
                                    .build());
        }
        if (request.will().isPresent()) {
            connect = connect.willPublish(publish(request.will().get()));
        }
        return Failures.recovering(
                client.connect(connect.build()).thenApply(said -> said.getReasonCode().getCode()),
                Mqtt5ConnAckException.class,
                e -> e.getMqttMessage().getReasonCode().getCode());
    }

    private static Mqtt5Publish publish(MqttMessage message) {
        return Mqtt5Publish.builder()
                .topic(message.topic())
                .payload(message.payload().toArray())
                .qos(Failures.qos(message.qos()))
                .retain(message.retain())
                .build();
    }

    @Override
    public CompletableFuture<List<Integer>> subscribe(MqttCommand.Subscribe request) {
        List<Mqtt5Subscription> subscriptions =
                request.subscriptions().stream().map(Mqtt5Client::subscription).toList();
        return Failures.recovering(
                client.subscribe(Mqtt5Subscribe.builder().addSubscriptions(subscriptions).build())
                        .thenApply(said -> codes(said.getReasonCodes())),
                Mqtt5SubAckException.class,
                e -> codes(e.getMqttMessage().getReasonCodes()));
    }

    private static Mqtt5Subscription subscription(MqttCommand.Subscription wanted) {
        Mqtt5RetainHandling handling = Mqtt5RetainHandling.fromCode(wanted.retainHandling());
        if (handling == null) {
            throw new IllegalArgumentException("no retain handling: " + wanted.retainHandling());
        }
        return Mqtt5Subscription.builder()
                .topicFilter(wanted.filter())
                .qos(Failures.qos(wanted.qos()))
                .noLocal(wanted.noLocal())
                .retainAsPublished(wanted.retainAsPublished())
                .retainHandling(handling)
                .build();
    }

    private static List<Integer> codes(List<? extends Mqtt5ReasonCode> codes) {
        return codes.stream().map(Mqtt5ReasonCode::getCode).toList();
    }

    @Override
    public CompletableFuture<List<Integer>> unsubscribe(MqttCommand.Unsubscribe request) {
        Mqtt5Unsubscribe unsubscribe =
                Mqtt5Unsubscribe.builder()
                        .addTopicFilters(request.filters().stream().map(Failures::filter).toList())
                        .build();
        return Failures.recovering(
                client.unsubscribe(unsubscribe).thenApply(said -> codes(said.getReasonCodes())),
                Mqtt5UnsubAckException.class,
                e -> codes(e.getMqttMessage().getReasonCodes()));
    }

    @Override
    public CompletableFuture<Integer> publish(MqttCommand.Publish request) {
        CompletableFuture<Integer> code =
                client.publish(publish(request.message())).thenApply(Mqtt5Client::code);
        return Failures.recovering(
                Failures.recovering(
                        code,
                        Mqtt5PubAckException.class,
                        e -> e.getMqttMessage().getReasonCode().getCode()),
                Mqtt5PubRecException.class,
                e -> e.getMqttMessage().getReasonCode().getCode());
    }

    private static int code(Mqtt5PublishResult result) {
        if (result instanceof Mqtt5PublishResult.Mqtt5Qos1Result once) {
            return once.getPubAck().getReasonCode().getCode();
        }
        return result instanceof Mqtt5PublishResult.Mqtt5Qos2Result exactly
                ? exactly.getPubRec().getReasonCode().getCode()
                : 0;
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        return client.disconnect();
    }
}
