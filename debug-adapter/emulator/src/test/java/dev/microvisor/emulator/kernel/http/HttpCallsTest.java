package dev.microvisor.emulator.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import dev.microvisor.emulator.kernel.view.ChannelView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpCallsTest {
    private static final String ROUTES =
            """
            [[http]]
            method = "GET"
            url = "https://a.example/*"
            headers = ["Content-Type: text/plain", "X-Two: 2"]
            body = "hello world"
            [[http]]
            url = "https://big.example/"
            body = "%s"
            [[http]]
            url = "https://slow.example/"
            delay_ms = 20000
            [[http]]
            url = "https://never.example/"
            never = true
            """
                    .formatted("x".repeat(1025));

    private KernelFixture k = KernelFixture.with(ROUTES);

    private Struct request(String method, String url) {
        return k.struct("MvHttpRequest")
                .set("method", method)
                .set("url", url)
                .set("timeout_ms", 10_000);
    }

    private Status send(int channel, Struct request) {
        return k.call("mvSendHttpRequest", channel, request.at);
    }

    private Struct response(int channel) {
        Struct data = k.struct("MvHttpResponseData");
        assertThat(k.call("mvReadHttpResponseData", channel, data.at)).isEqualTo(Status.OKAY);
        return data;
    }

    private HttpResult resultOf(Struct request) {
        int channel = k.channel(ChannelType.HTTP);
        assertThat(send(channel, request)).isEqualTo(Status.OKAY);
        k.pass(11_000);
        return HttpResult.values()[response(channel).get("result")];
    }

    @Test
    void anAnswerIsAnnouncedOnceAndLaterAndCanBeReadInPieces() {
        int channel = k.channel(ChannelType.HTTP);
        assertThat(send(channel, request("GET", "https://a.example/1"))).isEqualTo(Status.OKAY);
        assertThat(k.guest.pended).isEmpty();
        k.pass(299);
        assertThat(k.guest.pended).isEmpty();
        k.pass(5000);
        // Hazards 2 and 4: one record, and no other event.
        assertThat(k.told).containsExactly("MV_EVENTTYPE_CHANNELDATAREADABLE irq 51 tag 119");
        Struct data = response(channel);
        assertThat(data.get("result")).isEqualTo(HttpResult.OK.code());
        assertThat(data.get("status_code")).isEqualTo(200);
        assertThat(data.get("num_headers")).isEqualTo(2);
        assertThat(data.get("body_length")).isEqualTo(11);
        int buffer = k.room(32);
        assertThat(k.call("mvReadHttpResponseBody", channel, 6, buffer, 3)).isEqualTo(Status.OKAY);
        assertThat(k.textAt(buffer, 3)).isEqualTo("wor");
        // Hazard 15: more room than body is fine, and the rest stays as it was.
        assertThat(k.call("mvReadHttpResponseBody", channel, 0, buffer, 32)).isEqualTo(Status.OKAY);
        assertThat(k.textAt(buffer, 11)).isEqualTo("hello world");
        assertThat(k.guest.read(buffer + 11, 1)[0]).isEqualTo((byte) 0xA5);
        assertThat(k.call("mvReadHttpResponseBody", channel, 11, buffer, 4)).isEqualTo(Status.OKAY);
    }

    @Test
    void headersAreCopiedAsFarAsTheyFitWithoutTerminator() {
        int channel = k.channel(ChannelType.HTTP);
        send(channel, request("GET", "https://a.example/1"));
        k.pass(400);
        int buffer = k.room(16);
        assertThat(k.call("mvReadHttpResponseHeader", channel, 1, buffer, 16))
                .isEqualTo(Status.OKAY);
        assertThat(k.textAt(buffer, 8)).isEqualTo("X-Two: 2");
        assertThat(k.guest.read(buffer + 8, 1)[0]).isEqualTo((byte) 0xA5);
        k.call("mvReadHttpResponseHeader", channel, 0, buffer, 7);
        assertThat(k.textAt(buffer, 8)).isEqualTo("Content2");
    }

    @Test
    void theRequestLiesInTheSendBufferAndTheAnswerInTheReceiveBuffer() {
        int channel = k.channel(ChannelType.HTTP);
        Struct request = request("GET", "https://a.example/1").set("body", "payload");
        List<Struct> headers = k.structs("MvHttpHeader", 1);
        headers.get(0).set("data", k.text("A: b")).set("length", 4);
        request.set("headers", headers.get(0).at).set("num_headers", 1);
        send(channel, request);
        String sent = "GET https://a.example/1\r\nA: b\r\n\r\npayload";
        assertThat(k.textAt(KernelFixture.SEND, sent.length())).isEqualTo(sent);
        k.pass(400);
        ChannelView view = k.view().channel(channel).orElseThrow();
        assertThat(view.sendBuffer().used()).isEqualTo(sent.length());
        assertThat(view.receiveBuffer().content().text())
                .startsWith("Content-Type: text/plain\r\nX-Two: 2\r\n\r\nhello world");
        assertThat(view.http().orElseThrow().requestHeaders()).containsExactly("A: b");
        assertThat(view.http().orElseThrow().responseBody().text()).isEqualTo("hello world");
        assertThat(view.http().orElseThrow().result()).isEqualTo("MV_HTTPRESULT_OK");
    }

    @Test
    void sendRefuses() {
        int channel = k.channel(ChannelType.HTTP);
        Struct good = request("GET", "https://a.example/1");
        assertThat(k.call("mvSendHttpRequest", channel, FakeGuest.NOWHERE))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(send(1, good)).isEqualTo(Status.INVALIDHANDLE);
        assertThat(send(channel, request("GET", "https://a.example/" + "x".repeat(500))))
                .isEqualTo(Status.INVALIDBUFFERSIZE);
        assertThat(send(channel, request("GET", "https://a.example/").set("num_headers", 33)))
                .isEqualTo(Status.TOOMANYELEMENTS);
        assertThat(send(channel, good)).isEqualTo(Status.OKAY);
        assertThat(send(channel, good)).isEqualTo(Status.REQUESTALREADYSENT);
    }

    @Test
    void aChannelOfAnotherTypeIsNoHttpChannel() {
        int channel = k.channel(ChannelType.CONFIGFETCH);
        assertThat(send(channel, request("GET", "https://a.example/1")))
                .isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.call("mvReadHttpResponseData", channel, k.room(16)))
                .isEqualTo(Status.INVALIDHANDLE);
    }

    @Test
    void aBadNestedPointerSpendsTheChannel() {
        int channel = k.channel(ChannelType.HTTP);
        assertThat(send(channel, request("GET", "https://a.example/").breakString("body")))
                .isEqualTo(Status.LATEFAULT);
        assertThat(send(channel, request("GET", "https://a.example/1")))
                .isEqualTo(Status.REQUESTALREADYSENT);
        k.pass(5000);
        assertThat(k.guest.pended).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,http://a.example/1,10000,UNSUPPORTEDURISCHEME",
        "BREW,https://a.example/1,10000,UNSUPPORTEDMETHOD",
        "GET,https://a.example/1,4999,INVALIDTIMEOUT",
        "GET,https://a.example/1,10001,INVALIDTIMEOUT",
        "GET,https://a.example/1,5000,OK",
        "GET,https://b.example/,10000,REQUESTFAILED",
        "GET,https://slow.example/,10000,REQUESTFAILED",
        "GET,https://big.example/,10000,RESPONSETOOLARGE",
    })
    void theServersVerdictComesLaterInTheResult(
            String method, String url, int timeout, HttpResult result) {
        assertThat(resultOf(request(method, url).set("timeout_ms", timeout))).isEqualTo(result);
    }

    @Test
    void aHeaderWithoutNameIsInvalid() {
        List<Struct> headers = k.structs("MvHttpHeader", 1);
        headers.get(0).set("data", k.text("nonsense")).set("length", 8);
        assertThat(
                        resultOf(
                                request("GET", "https://a.example/1")
                                        .set("headers", headers.get(0).at)
                                        .set("num_headers", 1)))
                .isEqualTo(HttpResult.INVALIDHEADERS);
    }

    @Test
    void aRequestThatNobodyAnswersIsWarnedOf() {
        resultOf(request("GET", "https://b.example/"));
        assertThat(k.guest.warnings)
                .containsExactly(
                        "no [[http]] route of the cloud file answers GET https://b.example/, so"
                                + " the request fails; add one with url = \"https://b.example/\","
                                + " and mode = \"live\" if the real server is to answer");
    }

    @Test
    void anAnswerThatNeverComesLeavesTheChannelWaiting() {
        int channel = k.channel(ChannelType.HTTP);
        send(channel, request("GET", "https://never.example/"));
        k.pass(60_000);
        assertThat(k.guest.pended).isEmpty();
        assertThat(k.view().channel(channel).orElseThrow().phase())
                .isEqualTo("waiting for the answer");
    }

    @Test
    void readsRefuse() {
        int channel = k.channel(ChannelType.HTTP);
        int buffer = k.room(16);
        for (String read : new String[] {"mvReadHttpResponseHeader", "mvReadHttpResponseBody"}) {
            assertThat(k.call(read, channel, 0, FakeGuest.FLASH, 4))
                    .isEqualTo(Status.PARAMETERFAULT);
            assertThat(k.call(read, 1, 0, buffer, 4)).isEqualTo(Status.INVALIDHANDLE);
            assertThat(k.call(read, channel, 0, buffer, 4)).isEqualTo(Status.RESPONSENOTPRESENT);
        }
        assertThat(k.call("mvReadHttpResponseData", channel, FakeGuest.FLASH))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvReadHttpResponseData", channel, buffer))
                .isEqualTo(Status.RESPONSENOTPRESENT);
        send(channel, request("GET", "https://a.example/1"));
        k.pass(400);
        assertThat(k.call("mvReadHttpResponseHeader", channel, 2, buffer, 4))
                .isEqualTo(Status.INDEXINVALID);
        assertThat(k.call("mvReadHttpResponseBody", channel, 12, buffer, 4))
                .isEqualTo(Status.OFFSETINVALID);
    }

    @Test
    void aBrokenChannelSendsNothingAndStillGivesWhatHasArrived() {
        k =
                KernelFixture.with(
                        ROUTES
                                + "[[fault]]\nat_ms = 1000\nend_channels = \"CONNECTIONTERMINATED\"");
        int channel = k.channel(ChannelType.HTTP);
        send(channel, request("GET", "https://a.example/1"));
        k.pass(1100);
        assertThat(response(channel).get("body_length")).isEqualTo(11);
        k.close(channel);

        k =
                KernelFixture.with(
                        ROUTES + "[[fault]]\nat_ms = 100\nend_channels = \"CONNECTIONTERMINATED\"");
        channel = k.channel(ChannelType.HTTP);
        k.pass(200);
        assertThat(send(channel, request("GET", "https://a.example/1")))
                .isEqualTo(Status.CHANNELCLOSED);
        int buffer = k.room(16);
        assertThat(k.call("mvReadHttpResponseData", channel, buffer))
                .isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.call("mvReadHttpResponseHeader", channel, 0, buffer, 4))
                .isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.call("mvReadHttpResponseBody", channel, 0, buffer, 4))
                .isEqualTo(Status.CHANNELCLOSED);
    }

    @Test
    void faultsReplaceOrDelayOneAnswer() {
        k =
                KernelFixture.with(
                        ROUTES
                                + """
                                [[fault]]
                                call = "mvSendHttpRequest"
                                http_result = "REQUESTFAILED"
                                [[fault]]
                                call = "mvSendHttpRequest"
                                nth = 2
                                late_ms = 7000
                                """);
        int centre = k.centre();
        Struct params = k.channelParams(centre, k.network(centre), ChannelType.HTTP);
        int channel = k.channel(params);
        send(channel, request("GET", "https://a.example/1"));
        k.pass(400);
        assertThat(response(channel).get("result")).isEqualTo(HttpResult.REQUESTFAILED.code());
        k.close(channel);
        channel = k.channel(params);
        send(channel, request("GET", "https://a.example/1"));
        k.pass(7200);
        assertThat(k.call("mvReadHttpResponseData", channel, k.room(16)))
                .isEqualTo(Status.RESPONSENOTPRESENT);
        k.pass(200);
        assertThat(response(channel).get("result")).isEqualTo(HttpResult.OK.code());
    }
}
