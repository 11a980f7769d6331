package dev.microvisor.emulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.MqttVersion;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import dev.microvisor.emulator.kernel.mqtt.MqttFirmware;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallDecoderTest {
    private final KernelFixture k = KernelFixture.with("[[http]]\nurl = \"*\"");

    private String last() {
        return k.trace.get(k.trace.size() - 1);
    }

    @Test
    void structuresAreShownFieldByFieldWithNamesOfConstants() {
        int centre = k.centre();
        int network = k.network(centre);
        Struct params = k.channelParams(centre, network, ChannelType.HTTP);
        int handle = k.variable(0);
        k.call("mvOpenChannel", params.at, handle);
        assertThat(last())
                .isEqualTo(
                        String.format(
                                "mvOpenChannel(params=0x%08x {version=1,"
                                        + " v1.notification_handle=0x%08x, v1.notification_tag=119,"
                                        + " v1.network_handle=0x%08x,"
                                        + " v1.receive_buffer=0x20006000,"
                                        + " v1.receive_buffer_len=1024, v1.send_buffer=0x20008000,"
                                        + " v1.send_buffer_len=512,"
                                        + " v1.channel_type=MV_CHANNELTYPE_HTTP, v1.endpoint=\"\"},"
                                        + " handle=0x%08x {0x%08x}) -> MV_STATUS_OKAY",
                                params.at, centre, network, handle, k.word(handle)));
    }

    @Test
    void aHandleThatTheCallZeroesIsShownAsItWas() {
        int channel = k.channel(ChannelType.HTTP);
        int variable = k.variable(channel);
        k.call("mvCloseChannel", variable);
        assertThat(last())
                .isEqualTo(
                        String.format(
                                "mvCloseChannel(handle=0x%08x {0x%08x}) -> MV_STATUS_OKAY",
                                variable, channel));
    }

    @Test
    void nestedStringsAndArraysAreFollowed() {
        int channel = k.channel(ChannelType.HTTP);
        Struct header = k.structs("MvHttpHeader", 1).get(0);
        header.set("data", k.text("A: b")).set("length", 4);
        Struct request =
                k.struct("MvHttpRequest")
                        .set("method", "GET")
                        .set("url", "https://x/")
                        .set("num_headers", 1)
                        .set("headers", header.at)
                        .set("timeout_ms", 5000);
        k.call("mvSendHttpRequest", channel, request.at);
        assertThat(last())
                .contains("method=\"GET\", url=\"https://x/\", num_headers=1")
                .contains("[0]= {length=4, data=0x")
                .contains("{\"A: b\"}}")
                .contains("timeout_ms=5000");
    }

    @Test
    void whatACallWritesIsShownWhenItSucceeds() {
        int network = k.network(k.centre());
        int out = k.variable(0);
        k.call("mvGetNetworkStatus", network, out);
        assertThat(last()).contains("{MV_NETWORKSTATUS_CONNECTED}");
        k.call("mvGetNetworkStatus", 0, out);
        assertThat(last())
                .isEqualTo(
                        String.format(
                                "mvGetNetworkStatus(handle=0x00000000, status=0x%08x) ->"
                                        + " MV_STATUS_INVALIDHANDLE",
                                out));
    }

    @Test
    void flagsAreShownAsTheNamesThatAddUp() {
        k.network(k.centre());
        int reasons = k.variable(0);
        k.call("mvGetNetworkReasons", reasons, k.variable(0));
        assertThat(last()).contains("{MV_NETWORKREASON_USINGNETWORK}");
    }

    @Test
    void messagesAreShownAsText() {
        k.call("mvServerLoggingInit", KernelFixture.LOG, 512);
        k.call("mvServerLog", k.text("hello\n"), 6);
        assertThat(last()).contains("{\"hello\\n\"}, length_bytes=6");
    }

    @Test
    void passwordsAndKeysAreHidden() {
        Struct wifi =
                k.struct("MvWifiConfig")
                        .set("version", 1)
                        .set("v1.wifi_ssid", "office")
                        .set("v1.wifi_password", "hunter2");
        k.call("mvSetWifiConfig", wifi.at);
        assertThat(last()).contains("v1.wifi_ssid=\"office\", v1.wifi_password=(secret, 7 bytes)");
        Struct tls = k.struct("MvTlsCredentials").set("clientcert.key", "hunter2");
        MqttFirmware firmware = new MqttFirmware(k, MqttVersion.V5);
        firmware.connect(
                firmware.connectRequest("broker.example", 8883, "device")
                        .set("authentication.method", 1)
                        .set("authentication.username_password.username", "me")
                        .set("authentication.username_password.password", "hunter2")
                        .set("tls_credentials", tls.at));
        assertThat(k.trace)
                .noneMatch(call -> call.contains("hunter2"))
                .anyMatch(call -> call.contains("username=\"me\", password=(secret, 7 bytes)"))
                .anyMatch(call -> call.contains("key=(secret, 7 bytes)"));
    }

    @Test
    void aOneByteEnumerationIsReadAsOneByte() {
        k.call("mvGetWakeReason", k.room(4));
        assertThat(last()).contains("{MV_WAKEREASON_COLDBOOT}");
    }

    @Test
    void brokenPointersAreShownAndNotFollowed() {
        k.call("mvOpenChannel", FakeGuest.NOWHERE, 0);
        assertThat(last())
                .isEqualTo(
                        "mvOpenChannel(params=0x60000000, handle=0x00000000) ->"
                                + " MV_STATUS_PARAMETERFAULT");
        Struct request = k.struct("MvHttpRequest").breakString("url");
        k.call("mvSendHttpRequest", 1, request.at);
        assertThat(last()).contains("url=0x60000000 (not readable)");
        List<Struct> many = k.structs("MvConfigKeyToFetch", 1);
        Struct params =
                k.struct("MvConfigKeyFetchParams")
                        .set("num_items", -1)
                        .set("keys_to_fetch", many.get(0).at);
        k.call("mvSendConfigFetchRequest", 1, params.at);
        assertThat(last()).contains("num_items=0xffffffff");
    }
}
