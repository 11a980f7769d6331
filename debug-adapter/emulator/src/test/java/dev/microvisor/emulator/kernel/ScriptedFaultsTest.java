package dev.microvisor.emulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ClosureReason;
import dev.microvisor.emulator.api.ConfigFetchResult;
import dev.microvisor.emulator.api.ConfigItemResult;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.api.MqttReadable;
import dev.microvisor.emulator.api.MqttVersion;
import dev.microvisor.emulator.api.NetworkStatus;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.ScriptedFault;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import dev.microvisor.emulator.kernel.mqtt.MqttFirmware;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each kind of scripted fault happens at a virtual time and at the n-th call of a function. */
class ScriptedFaultsTest {
    private static final String CLOUD =
            """
            [[http]]
            url = "*"
            body = "hello"
            delay_ms = 300
            [[config]]
            scope = "device"
            store = "config"
            key = "prefs"
            value = "value"
            """;

    private static final String OFFLINE =
            "[network]\nconnected_at_start = false\navailable = false\n";

    /**
     * A kind of fault.
     *
     * @param effect as the cloud file has it
     * @param cloud what else is in the cloud file
     * @param before what firmware has done when the fault comes
     * @param after checks what has become of it
     */
    private record Kind(
            String effect,
            String cloud,
            Consumer<KernelFixture> before,
            Consumer<KernelFixture> after) {
        static Kind of(
                String effect, Consumer<KernelFixture> before, Consumer<KernelFixture> after) {
            return new Kind(effect, CLOUD, before, after);
        }
    }

    private static final List<Kind> KINDS =
            List.of(
                    Kind.of(
                            "network = \"down\"",
                            k -> k.channel(ChannelType.HTTP),
                            k -> {
                                assertStatus(k, NetworkStatus.CONNECTING);
                                assertBroken(k, ClosureReason.NETWORKDISCONNECTED);
                            }),
                    new Kind(
                            "network = \"up\"",
                            CLOUD + OFFLINE,
                            k -> k.network(k.centre()),
                            k -> {
                                k.pass(2000);
                                assertStatus(k, NetworkStatus.CONNECTED);
                            }),
                    Kind.of(
                            "network = \"link-up\"",
                            k -> k.channel(ChannelType.HTTP),
                            k -> {
                                assertStatus(k, NetworkStatus.DISCONNECTEDWITHLINKUP);
                                assertBroken(k, ClosureReason.NETWORKDISCONNECTED);
                            }),
                    Kind.of(
                            "end_channels = \"CHANNELRESETBYSERVER\"",
                            k -> k.channel(ChannelType.HTTP),
                            k -> assertBroken(k, ClosureReason.CHANNELRESETBYSERVER)),
                    Kind.of(
                            "end_channels = \"CHANNELCLOSEDBYSERVER\"\nchannel_type = \"MQTT\"",
                            k -> k.channel(ChannelType.MQTT),
                            k -> assertBroken(k, ClosureReason.CHANNELCLOSEDBYSERVER)),
                    Kind.of(
                            "http_result = \"RESPONSETOOLARGE\"",
                            k -> {},
                            k -> assertHttp(k, HttpResult.RESPONSETOOLARGE)),
                    Kind.of(
                            "late_ms = 20000",
                            k -> {},
                            k -> {
                                int channel = sendHttp(k);
                                k.pass(20_000);
                                assertThat(httpStatus(k, channel))
                                        .isEqualTo(Status.RESPONSENOTPRESENT);
                                k.pass(400);
                                assertThat(httpStatus(k, channel)).isEqualTo(Status.OKAY);
                            }),
                    Kind.of(
                            "never = true\nchannel_type = \"CONFIGFETCH\"",
                            k -> {},
                            k -> {
                                int channel = sendConfig(k);
                                k.pass(3_600_000);
                                assertThat(
                                                k.call(
                                                        "mvReadConfigFetchResponseData",
                                                        channel,
                                                        k.room(8)))
                                        .isEqualTo(Status.RESPONSENOTPRESENT);
                            }),
                    Kind.of(
                            "config_result = \"KEYNOTFOUND\"",
                            k -> {},
                            k -> assertItem(k, ConfigItemResult.KEYNOTFOUND)),
                    Kind.of(
                            "config_result = \"SERVERERROR\"\nkey = \"prefs\"",
                            k -> {},
                            k -> assertItem(k, ConfigItemResult.SERVERERROR)),
                    Kind.of(
                            "config_response = \"RESPONSETOOLARGE\"",
                            k -> {},
                            k -> {
                                int channel = sendConfig(k);
                                k.pass(1000);
                                Struct data = k.struct("MvConfigResponseData");
                                k.call("mvReadConfigFetchResponseData", channel, data.at);
                                assertThat(data.get("result"))
                                        .isEqualTo(ConfigFetchResult.RESPONSETOOLARGE.code());
                                assertThat(data.get("num_items")).isZero();
                            }),
                    Kind.of(
                            "mqtt_disconnect = 0x8E",
                            k -> connected(k),
                            k -> {
                                int channel = k.view().channels().get(0).handle();
                                MqttFirmware mqtt = new MqttFirmware(k, MqttVersion.V5, channel);
                                assertThat(mqtt.await()).isEqualTo(MqttReadable.DISCONNECTRESPONSE);
                                assertThat(mqtt.disconnectResponse().get("disconnect_code"))
                                        .isEqualTo(0x8E);
                            }),
                    Kind.of(
                            "logging = \"off\"",
                            ScriptedFaultsTest::initialiseLog,
                            k -> assertThat(log(k)).isEqualTo(Status.LOGGINGDISABLEDBYSERVER)),
                    new Kind(
                            "logging = \"on\"",
                            "[logging]\nenabled = false\n",
                            k -> {
                                initialiseLog(k);
                                assertThat(log(k)).isEqualTo(Status.LOGGINGDISABLEDBYSERVER);
                            },
                            k -> assertThat(log(k)).isEqualTo(Status.OKAY)),
                    Kind.of(
                            "update = \"downloaded\"",
                            k -> {
                                Struct params =
                                        k.struct("MvOpenSystemNotificationParams")
                                                .set("notification_handle", k.centre())
                                                .set("notification_tag", 3)
                                                .set("notification_source", 1);
                                k.call("mvOpenSystemNotification", params.at, k.variable(0));
                            },
                            k ->
                                    assertThat(k.told)
                                            .contains(
                                                    "MV_EVENTTYPE_UPDATEDOWNLOADED irq 51 tag 3")),
                    Kind.of(
                            "restart = \"application\"",
                            k -> {},
                            k ->
                                    assertThat(k.told)
                                            .contains(
                                                    "restarted:"
                                                            + " MV_WAKEREASON_REMOTEAPPLICATIONRESTART")),
                    Kind.of(
                            "notifications = 20\nevent = \"CHANNELDATAREADABLE\"\ntag = 5",
                            k -> k.centre(),
                            k -> {
                                assertThat(k.guest.pended).hasSize(20);
                                assertThat(k.eventAt(7)).isEqualTo(2);
                            }));

    private static void assertStatus(KernelFixture k, NetworkStatus expected) {
        int out = k.variable(-1);
        k.call("mvGetNetworkStatus", k.view().network().handles().get(0).handle(), out);
        assertThat(k.word(out)).isEqualTo(expected.code());
    }

    private static void assertBroken(KernelFixture k, ClosureReason expected) {
        int out = k.variable(-1);
        k.call("mvGetChannelClosureReason", k.view().channels().get(0).handle(), out);
        assertThat(k.word(out)).isEqualTo(expected.code());
        assertThat(k.told).anyMatch(t -> t.contains("CHANNELNOTCONNECTED"));
    }

    private static int sendHttp(KernelFixture k) {
        int channel = k.channel(ChannelType.HTTP);
        Struct request =
                k.struct("MvHttpRequest")
                        .set("method", "GET")
                        .set("url", "https://a.example/")
                        .set("timeout_ms", 10_000);
        k.call("mvSendHttpRequest", channel, request.at);
        return channel;
    }

    private static Status httpStatus(KernelFixture k, int channel) {
        return k.call("mvReadHttpResponseData", channel, k.room(16));
    }

    private static void assertHttp(KernelFixture k, HttpResult expected) {
        int channel = sendHttp(k);
        k.pass(1000);
        Struct data = k.struct("MvHttpResponseData");
        k.call("mvReadHttpResponseData", channel, data.at);
        assertThat(data.get("result")).isEqualTo(expected.code());
    }

    private static int sendConfig(KernelFixture k) {
        int channel = k.channel(ChannelType.CONFIGFETCH);
        Struct key = k.structs("MvConfigKeyToFetch", 1).get(0);
        key.set("scope", 1).set("store", 1).set("key", "prefs");
        Struct request =
                k.struct("MvConfigKeyFetchParams").set("num_items", 1).set("keys_to_fetch", key.at);
        k.call("mvSendConfigFetchRequest", channel, request.at);
        return channel;
    }

    private static void assertItem(KernelFixture k, ConfigItemResult expected) {
        int channel = sendConfig(k);
        k.pass(1000);
        int result = k.variable(-1);
        Struct item =
                k.struct("MvConfigResponseReadItemParams")
                        .set("result", result)
                        .set("buf.data", k.room(32))
                        .set("buf.size", 32)
                        .set("buf.length", k.variable(-1));
        assertThat(k.call("mvReadConfigResponseItem", channel, item.at)).isEqualTo(Status.OKAY);
        assertThat(k.word(result)).isEqualTo(expected.code());
    }

    private static void connected(KernelFixture k) {
        MqttFirmware mqtt = new MqttFirmware(k, MqttVersion.V5);
        mqtt.connect(mqtt.connectRequest("broker.example", 8883, "device"));
        k.pass(150);
        mqtt.connectResponse();
    }

    private static void initialiseLog(KernelFixture k) {
        k.call("mvServerLoggingInit", KernelFixture.LOG, 1024);
    }

    private static Status log(KernelFixture k) {
        return k.call("mvServerLog", k.text("hello"), 5);
    }

    @TestFactory
    Stream<DynamicTest> atAVirtualTime() {
        return KINDS.stream()
                .map(
                        kind ->
                                dynamicTest(
                                        kind.effect(),
                                        () -> {
                                            KernelFixture k = with(kind, "at_ms = 500");
                                            kind.before().accept(k);
                                            int told = k.told.size();
                                            k.pass(600 - k.guest.now / 160_000);
                                            assertThat(faults(k, told)).hasSize(1);
                                            kind.after().accept(k);
                                        }));
    }

    @TestFactory
    Stream<DynamicTest> atTheSecondCall() {
        return KINDS.stream()
                .map(
                        kind ->
                                dynamicTest(
                                        kind.effect(),
                                        () -> {
                                            KernelFixture k =
                                                    with(kind, "call = \"mvNoOp\"\nnth = 2");
                                            kind.before().accept(k);
                                            int told = k.told.size();
                                            k.call("mvNoOp");
                                            k.pass(100);
                                            assertThat(faults(k, told)).isEmpty();
                                            k.call("mvNoOp");
                                            k.pass(100);
                                            assertThat(faults(k, told)).hasSize(1);
                                            kind.after().accept(k);
                                        }));
    }

    private static KernelFixture with(Kind kind, String trigger) {
        return KernelFixture.with(
                kind.cloud() + "[[fault]]\n" + trigger + "\n" + kind.effect() + "\n");
    }

    private static List<String> faults(KernelFixture k, int from) {
        return k.told.subList(from, k.told.size()).stream()
                .filter(t -> t.startsWith("fault: "))
                .toList();
    }

    @Test
    void aStatusAtTheNthCallsOfAFunction() {
        KernelFixture k =
                KernelFixture.with(
                        "[[fault]]\ncall = \"mvNoOp\"\nnth = 2\ntimes = 2\n"
                                + "status = \"UNAVAILABLE\"");
        List<Status> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(k.call("mvNoOp"));
        }
        assertThat(answers)
                .containsExactly(Status.OKAY, Status.UNAVAILABLE, Status.UNAVAILABLE, Status.OKAY);
    }

    @Test
    void theServerIsBackWhenTheNetworkIsUpAgain() {
        KernelFixture k =
                KernelFixture.with(
                        "[[fault]]\nat_ms = 100\nnetwork = \"link-up\"\n"
                                + "[[fault]]\nat_ms = 5000\nnetwork = \"up\"");
        k.network(k.centre());
        k.pass(4000);
        assertStatus(k, NetworkStatus.DISCONNECTEDWITHLINKUP);
        k.pass(4000);
        assertStatus(k, NetworkStatus.CONNECTED);
    }

    @Test
    void everyKindOfTheScriptIsHere() {
        Set<String> tested = new TreeSet<>();
        tested.add(ScriptedFault.AnswerStatus.class.getSimpleName());
        for (Kind kind : KINDS) {
            KernelFixture k = with(kind, "at_ms = 1");
            tested.add(k.kernel.cloud().faults().get(0).effect().getClass().getSimpleName());
        }
        assertThat(tested)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ScriptedFault.Effect.class.getPermittedSubclasses())
                                .map(Class::getSimpleName)
                                .toList());
    }
}
