package dev.microvisor.emulator.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.CloudFile;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that a route of the cloud file says, as firmware sees it. */
class HttpRoutesTest {
    @TempDir Path folder;

    private KernelFixture k;
    private int channel;

    private void routes(String toml) throws Exception {
        k = new KernelFixture(CloudFile.parse(toml, "cloud.toml", folder));
    }

    /** Sends a request and lets its answer arrive. */
    private Struct answer(String method, String url, int afterMs) {
        channel = k.channel(ChannelType.HTTP);
        Struct request =
                k.struct("MvHttpRequest")
                        .set("method", method)
                        .set("url", url)
                        .set("timeout_ms", 10_000);
        assertThat(k.call("mvSendHttpRequest", channel, request.at)).isEqualTo(Status.OKAY);
        k.pass(afterMs);
        Struct data = k.struct("MvHttpResponseData");
        assertThat(k.call("mvReadHttpResponseData", channel, data.at)).isEqualTo(Status.OKAY);
        return data;
    }

    private String body(Struct data) {
        int length = data.get("body_length");
        int buffer = k.room(Math.max(1, length));
        k.call("mvReadHttpResponseBody", channel, 0, buffer, length);
        return k.textAt(buffer, length);
    }

    private String bodyOf(String method, String url) {
        String body = body(answer(method, url, 1000));
        k.close(channel);
        k.pass(1000);
        return body;
    }

    @Test
    void aRouteAnswersInItsTimeAndALaterOneGoesBeforeAnEarlierOne() throws Exception {
        String toml =
                """
                [[http]]
                url = "https://a.example/"
                body = "first"
                until_ms = 100_000
                [[http]]
                url = "https://a.example/"
                body = "second"
                from_ms = 20_000
                [[http]]
                url = "*"
                body = "outage"
                from_ms = 40_000
                until_ms = 60_000
                """;
        assertThat(bodyAt(0, toml)).isEqualTo("first");
        assertThat(bodyAt(19_999, toml)).isEqualTo("first");
        assertThat(bodyAt(20_000, toml)).isEqualTo("second");
        assertThat(bodyAt(40_000, toml)).isEqualTo("outage");
        assertThat(bodyAt(60_000, toml)).isEqualTo("second");
    }

    private String bodyAt(int ms, String toml) throws Exception {
        routes(toml);
        k.pass(ms);
        return bodyOf("GET", "https://a.example/");
    }

    @Test
    void aRequestOutsideTheTimeOfItsRouteIsToldSo() throws Exception {
        routes("[[http]]\nurl = \"https://a.example/\"\nfrom_ms = 20_000\n");
        assertThat(answer("GET", "https://a.example/", 1000).get("result"))
                .isEqualTo(HttpResult.REQUESTFAILED.code());
        assertThat(k.guest.warnings)
                .singleElement()
                .asString()
                .startsWith("at this time no [[http]] route of the cloud file answers GET");
    }

    private KernelFixture fresh(String toml) throws Exception {
        routes(toml);
        return k;
    }

    @Test
    void theMethodChoosesTheRoute() throws Exception {
        String toml =
                """
                [[http]]
                method = "GET"
                url = "https://a.example/"
                body = "got"
                [[http]]
                method = "POST"
                url = "https://a.example/"
                body = "posted"
                """;
        fresh(toml);
        assertThat(bodyOf("POST", "https://a.example/")).isEqualTo("posted");
        fresh(toml);
        assertThat(bodyOf("GET", "https://a.example/")).isEqualTo("got");
        fresh(toml);
        assertThat(answer("PUT", "https://a.example/", 1000).get("result"))
                .isEqualTo(HttpResult.REQUESTFAILED.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void aRouteWithoutMethodAnswersAllOfThem(String method) throws Exception {
        routes("[[http]]\nurl = \"*\"\nbody = \"x\"");
        assertThat(bodyOf(method, "https://a.example/"))
                .isEqualTo(method.equals("HEAD") ? "" : "x");
    }

    @Test
    void thePatternOfTheUrlChoosesTheFirstRouteThatFits() throws Exception {
        String toml =
                """
                [[http]]
                url = "https://a.example/todos/*"
                body = "todo"
                [[http]]
                url = "https://*/*"
                body = "anything"
                """;
        fresh(toml);
        assertThat(bodyOf("GET", "https://a.example/todos/7")).isEqualTo("todo");
        fresh(toml);
        assertThat(bodyOf("GET", "https://a.example/other")).isEqualTo("anything");
    }

    @Test
    void theStatusIsTheRoutes() throws Exception {
        routes("[[http]]\nurl = \"*\"\nstatus = 503");
        Struct data = answer("GET", "https://a.example/", 1000);
        assertThat(data.get("result")).as("the request itself succeeded").isZero();
        assertThat(data.get("status_code")).isEqualTo(503);
    }

    @Test
    void theHeadersAreTheRoutes() throws Exception {
        routes(
                "[[http]]\nurl = \"*\"\nheaders = { \"Content-Type\" = \"text/plain\", \"A\" = \"b\" }");
        Struct data = answer("GET", "https://a.example/", 1000);
        assertThat(data.get("num_headers")).isEqualTo(2);
        int header = k.room(24);
        k.call("mvReadHttpResponseHeader", channel, 0, header, 24);
        assertThat(k.textAt(header, 24)).isEqualTo("Content-Type: text/plain");
    }

    @Test
    void theBodyMayBeAFileOfAnyBytes() throws Exception {
        Files.write(folder.resolve("answer.bin"), new byte[] {0, (byte) 0xFF, 7});
        routes("[[http]]\nurl = \"*\"\nbody_file = \"answer.bin\"");
        Struct data = answer("GET", "https://a.example/", 1000);
        assertThat(data.get("body_length")).isEqualTo(3);
        int buffer = k.room(3);
        k.call("mvReadHttpResponseBody", channel, 0, buffer, 3);
        assertThat(k.guest.read(buffer, 3)).containsExactly(0, 0xFF, 7);
    }

    @Test
    void theDelayIsVirtualTime() throws Exception {
        routes("[[http]]\nurl = \"*\"\ndelay_ms = 2500");
        channel = k.channel(ChannelType.HTTP);
        Struct request =
                k.struct("MvHttpRequest")
                        .set("method", "GET")
                        .set("url", "https://a.example/")
                        .set("timeout_ms", 10_000);
        k.call("mvSendHttpRequest", channel, request.at);
        k.pass(2499);
        assertThat(k.guest.pended).isEmpty();
        k.pass(2);
        assertThat(k.guest.pended).hasSize(1);
    }
}
