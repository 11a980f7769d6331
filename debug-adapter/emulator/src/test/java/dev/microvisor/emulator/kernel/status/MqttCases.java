package dev.microvisor.emulator.kernel.status;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import dev.microvisor.emulator.kernel.mqtt.MqttFirmware;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** MQTT. */
final class MqttCases {
    /** A message that fits the receive buffer, and one that does not. */
    private static final String CLOUD =
            """
            [[mqtt_message]]
            topic = "small"
            payload = "hello"
            at_ms = 2000
            [[mqtt_message]]
            topic = "large"
            payload = "%s"
            at_ms = 2000
            """
                    .formatted("x".repeat(1100));

    /** Too long for the send buffer. */
    private static final String LONG = "x".repeat(600);

    private MqttCases() {}

    static List<CallCase> all() {
        List<CallCase> all = new ArrayList<>();
        all.add(
                live("mvMqttGetNextReadableDataType", s -> s.arguments(s.handle, s.k.variable(0)))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1)));
        all.add(connect());
        all.add(
                request("mvMqttRequestSubscribe", MqttCases::subscribe)
                        .gives(Status.LATEFAULT, s -> s.struct.set("subscriptions", 4))
                        .gives(Status.RATELIMITED, s -> s.mqtt().subscribe(1, 0, "a"))
                        .gives(Status.TOOMANYELEMENTS, s -> s.struct.set("num_subscriptions", 9))
                        .gives(
                                Status.INVALIDBUFFERSIZE,
                                s -> takes(s, s.mqtt().subscribeRequest(1, 0, LONG))));
        all.add(
                request("mvMqttRequestUnsubscribe", MqttCases::unsubscribe)
                        .gives(Status.LATEFAULT, s -> s.struct.set("topics", 4))
                        .gives(Status.RATELIMITED, s -> s.mqtt().unsubscribe(1, "a"))
                        .gives(Status.TOOMANYELEMENTS, s -> s.struct.set("num_topics", 9))
                        .gives(
                                Status.INVALIDBUFFERSIZE,
                                s -> takes(s, s.mqtt().unsubscribeRequest(1, LONG))));
        all.add(
                request("mvMqttRequestPublish", MqttCases::publish)
                        .gives(Status.LATEFAULT, s -> s.struct.breakString("payload"))
                        .gives(Status.RATELIMITED, MqttCases::publishMany)
                        .gives(Status.INVALIDBUFFERSIZE, s -> s.struct.set("payload", LONG)));
        all.add(live("mvMqttAcknowledgeMessage", s -> s.arguments(s.handle, 1)));
        all.add(
                live("mvMqttRequestDisconnect", s -> s.arguments(s.handle))
                        .gives(Status.RATELIMITED, s -> s.mqtt().disconnect())
                        .exclusive(Status.CHANNELCLOSED, Status.RATELIMITED));
        all.add(plainRead("mvMqttReadConnectResponse", MqttCases::connectAnswered));
        all.add(
                plainRead(
                        "mvMqttReadPublishResponse",
                        s -> {
                            MqttFirmware firmware = s.mqttSession();
                            firmware.publish(firmware.publishRequest(1, "a", "b", 0));
                            firmware.await();
                        }));
        all.add(
                plainRead(
                        "mvMqttReadDisconnectResponse",
                        s -> {
                            MqttFirmware firmware = s.mqttSession();
                            firmware.disconnect();
                            firmware.await();
                        }));
        all.add(codes("mvMqttReadSubscribeResponse", "MvMqttSubscribeResponse", true));
        all.add(codes("mvMqttReadUnsubscribeResponse", "MvMqttUnsubscribeResponse", false));
        all.add(
                read(
                                "mvMqttReceiveMessage",
                                s -> {
                                    arrived(s, "small");
                                    s.struct =
                                            s.k.struct("MvMqttMessage")
                                                    .set("correlation_id", s.k.variable(0))
                                                    .set("qos", s.k.variable(0))
                                                    .set("retain", s.k.variable(0));
                                    buffer(s, "topic");
                                    buffer(s, "payload");
                                })
                        .gives(Status.LATEFAULT, s -> s.struct.set("qos", FakeGuest.NOWHERE))
                        .gives(Status.INVALIDBUFFERSIZE, s -> s.struct.set("payload.size", 2)));
        all.add(
                read(
                                "mvMqttReceiveLostMessageInfo",
                                s -> {
                                    arrived(s, "large");
                                    s.struct =
                                            s.k.struct("MvMqttLostMessageInfo")
                                                    .set("reason", s.k.variable(0))
                                                    .set("message_len", s.k.variable(0));
                                    buffer(s, "topic");
                                })
                        .gives(Status.LATEFAULT, s -> s.struct.set("reason", FakeGuest.NOWHERE))
                        .gives(Status.INVALIDBUFFERSIZE, s -> s.struct.set("topic.size", 2)));
        return all;
    }

    private static void buffer(Setup s, String field) {
        s.struct
                .set(field + ".data", s.k.room(64))
                .set(field + ".size", 64)
                .set(field + ".length", s.k.variable(0));
    }

    /** A message of the cloud file has arrived. */
    private static void arrived(Setup s, String topic) {
        MqttFirmware firmware = s.mqttSession();
        firmware.subscribe(1, 0, topic);
        firmware.await();
        firmware.subscribeResponse();
        s.k.pass(3000);
    }

    /** A call on a channel with a session. */
    private static CallCase live(String call, Consumer<Setup> arguments) {
        return CallCase.of(
                        call,
                        s -> {
                            s.mqttSession();
                            arguments.accept(s);
                        })
                .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                .gives(Status.CHANNELCLOSED, Setup::breakChannels);
    }

    /** A request with a structure. */
    private static CallCase request(String call, Consumer<Setup> fill) {
        return live(
                        call,
                        s -> {
                            fill.accept(s);
                            s.arguments(s.handle, s.struct.at);
                        })
                .in(CheckOrder.REQUEST)
                .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                // A broken channel takes no request to be too many.
                .exclusive(Status.CHANNELCLOSED, Status.RATELIMITED);
    }

    private static void takes(Setup s, Struct request) {
        s.struct = request;
        s.argument(1, request.at);
    }

    private static void subscribe(Setup s) {
        s.struct = s.mqtt().subscribeRequest(1, 0, "a");
    }

    private static void unsubscribe(Setup s) {
        s.struct = s.mqtt().unsubscribeRequest(1, "a");
    }

    private static void publish(Setup s) {
        s.struct = s.mqtt().publishRequest(1, "a", "b", 0);
    }

    private static void publishMany(Setup s) {
        MqttFirmware firmware = s.mqtt();
        Status status = Status.OKAY;
        for (int i = 0; i < 100 && status == Status.OKAY; i++) {
            status = firmware.publish(firmware.publishRequest(i, "a", "b", 1));
        }
    }

    private static CallCase connect() {
        return CallCase.of(
                        "mvMqttRequestConnect",
                        s -> {
                            s.channel(ChannelType.MQTT);
                            s.struct = s.mqtt().connectRequest("broker.example", 8883, "device");
                            s.arguments(s.handle, s.struct.at);
                        })
                .in(CheckOrder.CONNECT)
                .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                .gives(Status.LATEFAULT, s -> s.struct.breakString("clientid"))
                .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                .gives(Status.CHANNELCLOSED, Setup::breakChannels)
                .gives(
                        Status.REQUESTALREADYSENT,
                        s -> s.mqtt().connect(s.mqtt().connectRequest("b", 1883, "d")))
                .gives(Status.INVALIDAUTHENTICATION, s -> s.struct.set("authentication.method", 9))
                .gives(Status.TOOMANYELEMENTS, MqttCases::manyCertificates)
                .gives(Status.REQUIREDELEMENTMISSING, s -> s.struct.set("host", ""))
                .gives(Status.INVALIDBUFFERSIZE, s -> s.struct.set("clientid", LONG))
                .exclusive(Status.CHANNELCLOSED, Status.REQUESTALREADYSENT);
    }

    private static void manyCertificates(Setup s) {
        Struct tls = s.k.struct("MvTlsCredentials").set("cacert.num_certs", 9);
        s.struct.set("tls_credentials", tls.at);
    }

    private static void connectAnswered(Setup s) {
        s.channel(ChannelType.MQTT);
        MqttFirmware firmware = s.mqtt();
        firmware.connect(firmware.connectRequest("broker.example", 8883, "device"));
        firmware.await();
    }

    /** Reading an answer, which is there. */
    private static CallCase read(String call, Consumer<Setup> answered) {
        return CallCase.of(
                        call,
                        s -> {
                            answered.accept(s);
                            s.arguments(s.handle, s.struct.at);
                        })
                .with(CLOUD)
                .in(CheckOrder.TRANSFER)
                .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                .gives(
                        Status.CHANNELCLOSED,
                        s -> {
                            nothingToRead(s);
                            s.breakChannels();
                        })
                .gives(Status.WRONGDATAREQUESTED, MqttCases::nothingToRead)
                .exclusive(Status.INVALIDHANDLE, Status.CHANNELCLOSED)
                .exclusive(Status.INVALIDHANDLE, Status.WRONGDATAREQUESTED)
                .exclusive(Status.CHANNELCLOSED, Status.WRONGDATAREQUESTED);
    }

    /** Another channel, on which nothing has arrived, takes the place of the first. */
    private static void nothingToRead(Setup s) {
        s.k.close(s.handle);
        int centre = s.k.view().centres().get(0).handle();
        s.handle = s.k.channel(s.k.channelParams(centre, s.k.network(centre), ChannelType.MQTT));
        s.argument(0, s.handle);
    }

    /** Reading into a structure without pointers: only a script can make a write late. */
    private static CallCase plainRead(String call, Consumer<Setup> answered) {
        return read(
                call,
                s -> {
                    answered.accept(s);
                    s.struct = s.k.struct("MvMqttPublishResponse");
                });
    }

    private static CallCase codes(String call, String type, boolean subscribing) {
        return read(
                        call,
                        s -> {
                            MqttFirmware firmware = s.mqttSession();
                            if (subscribing) {
                                firmware.subscribe(1, 0, "a", "b");
                            } else {
                                firmware.unsubscribe(1, "a", "b");
                            }
                            firmware.await();
                            s.struct =
                                    s.k.struct(type)
                                            .set("request_state", s.k.variable(0))
                                            .set("correlation_id", s.k.variable(0))
                                            .set("reason_codes", s.k.room(8))
                                            .set("reason_codes_size", 8)
                                            .set("reason_codes_len", s.k.variable(0));
                        })
                .gives(Status.LATEFAULT, s -> s.struct.set("request_state", FakeGuest.NOWHERE))
                .gives(Status.INVALIDBUFFERSIZE, s -> s.struct.set("reason_codes_size", 1));
    }
}
