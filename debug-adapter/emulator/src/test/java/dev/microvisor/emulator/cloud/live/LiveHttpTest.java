package dev.microvisor.emulator.cloud.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.CloudFile;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import dev.microvisor.emulator.outside.Outside;
import dev.microvisor.emulator.outside.Recording;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live HTTP against a server on loopback with a certificate of its own. */
class LiveHttpTest {
    @TempDir static Path folder;

    private static final CountDownLatch END = new CountDownLatch(1);
    private static final CountDownLatch LATER = new CountDownLatch(1);
    private static final List<String> requests = new ArrayList<>();
    private static HttpsServer server;
    private static ExecutorService threads;
    private static String base;
    private static String trusting;

    @BeforeAll
    static void startServer() throws Exception {
        TestAuthority.writeFiles(folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.serverContext()));
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        answer("/hello", 200, "hello world");
        answer("/gone", 404, "no");
        answer("/big", 200, "x".repeat(2000));
        server.createContext(
                "/moved",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "/hello");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        server.createContext(
                "/stuck",
                exchange -> {
                    try {
                        END.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.close();
                });
        server.createContext(
                "/later",
                exchange -> {
                    synchronized (requests) {
                        requests.add("GET /later");
                    }
                    try {
                        LATER.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        base = "https://localhost:" + server.getAddress().getPort();
        trusting = "[http_defaults]\nmode = \"live\"\nca_file = \"ca.pem\"\ndelay_ms = 400\n";
    }

    private static void answer(String path, int status, String body) {
        server.createContext(
                path,
                exchange -> {
                    String content =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    synchronized (requests) {
                        requests.add(
                                exchange.getRequestMethod()
                                        + " "
                                        + exchange.getRequestURI()
                                        + " "
                                        + exchange.getRequestHeaders().getFirst("X-Test")
                                        + " "
                                        + content);
                    }
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("X-Answer", "42");
                    exchange.sendResponseHeaders(status, bytes.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(bytes);
                    }
                });
    }

    @AfterAll
    static void stopServer() {
        END.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static KernelFixture kernel(String cloudFile, Outside outside) throws Exception {
        Cloud cloud = CloudFile.parse(cloudFile, "cloud.toml", folder);
        return new KernelFixture(cloud, World.without(outside));
    }

    private static KernelFixture live(String cloudFile) throws Exception {
        return kernel(cloudFile, Outside.live(false));
    }

    private static int send(KernelFixture k, String method, String url, String body) {
        int channel = k.channel(ChannelType.HTTP);
        List<Struct> headers = k.structs("MvHttpHeader", 2);
        headers.get(0).set("data", k.text("X-Test: yes")).set("length", 11);
        headers.get(1).set("data", k.text("Content-Length: 7")).set("length", 17);
        Struct request =
                k.struct("MvHttpRequest")
                        .set("method", method)
                        .set("url", url)
                        .set("headers", headers.get(0).at)
                        .set("num_headers", 2)
                        .set("timeout_ms", 5000)
                        .set("body", body);
        assertThat(k.call("mvSendHttpRequest", channel, request.at)).isEqualTo(Status.OKAY);
        return channel;
    }

    private static Struct response(KernelFixture k, int channel) {
        Struct data = k.struct("MvHttpResponseData");
        assertThat(k.call("mvReadHttpResponseData", channel, data.at)).isEqualTo(Status.OKAY);
        return data;
    }

    private static HttpResult resultOf(KernelFixture k, String url) {
        int channel = send(k, "GET", url, "");
        k.pass(400);
        return HttpResult.values()[response(k, channel).get("result")];
    }

    @Test
    void theRealAnswerComesAfterAFixedVirtualTime() throws Exception {
        KernelFixture k = live(trusting);
        int channel = send(k, "POST", base + "/hello?a=1", "payload");
        k.pass(399);
        assertThat(k.guest.pended).isEmpty();
        k.pass(2);
        assertThat(k.guest.pended).hasSize(1);
        Struct data = response(k, channel);
        assertThat(data.get("result")).isZero();
        assertThat(data.get("status_code")).isEqualTo(200);
        assertThat(data.get("body_length")).isEqualTo(11);
        int body = k.room(11);
        k.call("mvReadHttpResponseBody", channel, 0, body, 11);
        assertThat(k.textAt(body, 11)).isEqualTo("hello world");
        assertThat(k.view().channels().get(0).http().orElseThrow().responseHeaders())
                .contains("x-answer: 42");
        synchronized (requests) {
            assertThat(requests).contains("POST /hello?a=1 yes payload");
        }
    }

    @Test
    void statusesAndRedirectionsAreTheServers() throws Exception {
        KernelFixture k = live(trusting);
        int channel = send(k, "GET", base + "/gone", "");
        k.pass(400);
        assertThat(response(k, channel).get("status_code")).isEqualTo(404);
        k = live(trusting);
        int moved = send(k, "GET", base + "/moved", "");
        k.pass(400);
        assertThat(response(k, moved).get("status_code")).isEqualTo(302);
    }

    @Test
    void whatDoesNotFitTheReceiveBufferIsTooLarge() throws Exception {
        assertThat(resultOf(live(trusting), base + "/big")).isEqualTo(HttpResult.RESPONSETOOLARGE);
    }

    @Test
    void aServerWithoutATrustedCertificateFailsTheRequest() throws Exception {
        KernelFixture k = live("[http_defaults]\nmode = \"live\"\ndelay_ms = 400");
        assertThat(resultOf(k, base + "/hello")).isEqualTo(HttpResult.REQUESTFAILED);
        assertThat(k.guest.warnings).singleElement().asString().contains("certification path");
    }

    @Test
    void aServerWhoseCertificateHasExpiredFailsTheRequest() throws Exception {
        HttpsServer expired =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        expired.setHttpsConfigurator(
                new HttpsConfigurator(TestAuthority.serverContext("expired-server")));
        expired.start();
        try {
            KernelFixture k = live(trusting);
            String url = "https://localhost:" + expired.getAddress().getPort() + "/";
            assertThat(resultOf(k, url)).isEqualTo(HttpResult.REQUESTFAILED);
            assertThat(k.guest.warnings).singleElement().asString().contains(url, "validity");
        } finally {
            expired.stop(0);
        }
    }

    @Test
    void aServerThatDoesNotAnswerFailsTheRequest() throws Exception {
        KernelFixture k = live(trusting);
        assertThat(resultOf(k, base + "/stuck")).isEqualTo(HttpResult.REQUESTFAILED);
        assertThat(k.guest.warnings).singleElement().asString().contains("/stuck failed:");
    }

    @Test
    void aServerThatIsNotThereFailsTheRequestInWords() throws Exception {
        KernelFixture k = live(trusting);
        assertThat(resultOf(k, "https://no-such-host.invalid/"))
                .isEqualTo(HttpResult.REQUESTFAILED);
        assertThat(k.guest.warnings)
                .singleElement()
                .asString()
                .endsWith("failed: there is no host of this name");
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        k = live(trusting);
        assertThat(resultOf(k, "https://127.0.0.1:" + nobody + "/"))
                .isEqualTo(HttpResult.REQUESTFAILED);
        assertThat(k.guest.warnings)
                .singleElement()
                .asString()
                .endsWith("failed: nobody listens there");
    }

    /** A debugger that asks for a stop gets it at once; the answer comes when the run goes on. */
    @Test
    void theMachineCanBePausedWhileItWaitsForTheAnswer() throws Exception {
        KernelFixture k = live(trusting);
        int channel = send(k, "GET", base + "/later", "");
        long due = k.kernel.nextEvent();
        k.guest.now = due;
        k.guest.paused = true;
        k.kernel.runEvents(due);
        assertThat(k.kernel.nextEvent()).as("to be tried again").isEqualTo(due);
        assertThat(k.guest.pended).isEmpty();
        LATER.countDown();
        k.guest.paused = false;
        k.kernel.runEvents(due);
        assertThat(response(k, channel).get("status_code")).isEqualTo(204);
        synchronized (requests) {
            assertThat(requests).as("asked once").filteredOn(r -> r.contains("/later")).hasSize(1);
        }
    }

    @Test
    void onlyHttpsGoesOut() throws Exception {
        assertThat(resultOf(live(trusting), base.replace("https", "http") + "/hello"))
                .isEqualTo(HttpResult.UNSUPPORTEDURISCHEME);
    }

    @Test
    void aRouteAnswersBeforeTheRealServerDoes() throws Exception {
        KernelFixture k =
                live(trusting + "[[http]]\nurl = \"*/hello\"\nstatus = 201\ndelay_ms = 1");
        int channel = send(k, "GET", base + "/hello", "");
        k.pass(1);
        assertThat(response(k, channel).get("status_code")).isEqualTo(201);
    }

    @Test
    void aRecordedRunNeedsNoServer() throws Exception {
        Path file = folder.resolve("run.jsonl");
        Outside recorder = Outside.live(false);
        KernelFixture first = kernel(trusting, recorder);
        recorder.recordTo(file, "firmware", FakeGuest.CLOCK_HZ, false);
        String url = base + "/hello";
        assertThat(resultOf(first, url)).isEqualTo(HttpResult.OK);
        int before;
        synchronized (requests) {
            before = requests.size();
        }
        KernelFixture again = kernel(trusting, Outside.replaying(Recording.read(file), false));
        assertThat(resultOf(again, url)).isEqualTo(HttpResult.OK);
        assertThat(again.trace).isEqualTo(first.trace);
        synchronized (requests) {
            assertThat(requests).hasSize(before);
        }
    }
}
