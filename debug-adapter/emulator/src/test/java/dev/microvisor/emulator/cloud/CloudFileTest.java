package dev.microvisor.emulator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudFileTest {
    @TempDir Path folder;

    private Cloud parsed(String text) throws CloudFileException {
        return CloudFile.parse(text, "cloud.toml", folder);
    }

    private void rejects(String text, String... messages) {
        CloudFileException e =
                assertThrows(
                        CloudFileException.class,
                        () -> CloudFile.parse(text, "cloud.toml", folder));
        assertThat(e.getMessage().lines()).containsExactly(messages);
    }

    @Test
    void anEmptyFileGivesTheDefaults() throws CloudFileException {
        assertThat(parsed("")).isEqualTo(Cloud.defaults());
    }

    @Test
    void everyKeyOfTheDeviceIsRead() throws CloudFileException {
        Cloud cloud =
                parsed(
                        """
                        [device]
                        sid = "UV0123456789abcdef0123456789abcdef"
                        wall_clock = 2027-03-01T12:00:00+01:00
                        clock_hz = 80_000_000
                        seed = -7
                        wake_reason = "APPLICATIONCRASH"
                        test_mode = true
                        restart_after_crash_ms = 9
                        restart_after_crash_max_ms = 20
                        """);
        assertThat(cloud.device())
                .isEqualTo(
                        new Cloud.Device(
                                "UV0123456789abcdef0123456789abcdef",
                                Instant.parse("2027-03-01T11:00:00Z"),
                                80_000_000,
                                -7,
                                WakeReason.APPLICATIONCRASH,
                                true,
                                Optional.of(new CrashPolicy(9, 20))));
    }

    @Test
    void networkLoggingAndDelaysAreRead() throws CloudFileException {
        Cloud cloud =
                parsed(
                        """
                        [network]
                        connected_at_start = false
                        available = false
                        connect_delay_ms = 10
                        time_delay_ms = 20
                        [logging]
                        enabled = false
                        [config_fetch]
                        delay_ms = 30
                        [http_defaults]
                        delay_ms = 40
                        """);
        assertThat(cloud.network())
                .isEqualTo(new Cloud.Network(false, false, 10, OptionalInt.of(20)));
        assertThat(cloud.logging().enabled()).isFalse();
        assertThat(cloud.configFetch().delayMs()).isEqualTo(30);
        assertThat(cloud.http().delayMs()).isEqualTo(40);
    }

    @Test
    void timeNeverSetIsAnEmptyDelay() throws CloudFileException {
        assertThat(parsed("[network]\ntime_set = false").network().timeDelayMs()).isEmpty();
    }

    @Test
    void configItemsComeFromTheFileOrFromFilesBesideIt() throws Exception {
        Files.write(folder.resolve("key.der"), new byte[] {0, (byte) 0xFF});
        Cloud cloud =
                parsed(
                        """
                        [[config]]
                        scope = "device"
                        store = "config"
                        key = "prefs"
                        value = "{}"
                        [[config]]
                        scope = "account"
                        store = "secret"
                        key = "key"
                        value_file = "key.der"
                        """);
        assertThat(cloud.items())
                .containsExactly(
                        new ConfigItem(
                                ConfigScope.DEVICE,
                                ConfigStore.CONFIG,
                                "prefs",
                                Bytes.utf8("{}"),
                                Period.ALWAYS),
                        new ConfigItem(
                                ConfigScope.ACCOUNT,
                                ConfigStore.SECRET,
                                "key",
                                Bytes.of(new byte[] {0, (byte) 0xFF}),
                                Period.ALWAYS));
    }

    @Test
    void routesKeepTheirOrderAndHeadersMayBeTableOrArray() throws CloudFileException {
        Cloud cloud =
                parsed(
                        """
                        [[http]]
                        method = "GET"
                        url = "https://a.example/*"
                        headers = { "Content-Type" = "text/plain" }
                        body = "hi"
                        delay_ms = 5
                        [[http]]
                        url = "https://b.example/"
                        headers = ["X: y"]
                        status = 404
                        [[http]]
                        url = "https://c.example/"
                        never = true
                        [[http]]
                        url = "*"
                        result = "requestfailed"
                        """);
        assertThat(cloud.routes())
                .containsExactly(
                        new HttpRoute(
                                Optional.of("GET"),
                                new UrlPattern("https://a.example/*"),
                                HttpResult.OK,
                                200,
                                java.util.List.of("Content-Type: text/plain"),
                                Bytes.utf8("hi"),
                                OptionalInt.of(5),
                                false,
                                false,
                                Period.ALWAYS),
                        new HttpRoute(
                                Optional.empty(),
                                new UrlPattern("https://b.example/"),
                                HttpResult.OK,
                                404,
                                java.util.List.of("X: y"),
                                Bytes.EMPTY,
                                OptionalInt.empty(),
                                false,
                                false,
                                Period.ALWAYS),
                        new HttpRoute(
                                Optional.empty(),
                                new UrlPattern("https://c.example/"),
                                HttpResult.OK,
                                200,
                                java.util.List.of(),
                                Bytes.EMPTY,
                                OptionalInt.empty(),
                                true,
                                false,
                                Period.ALWAYS),
                        new HttpRoute(
                                Optional.empty(),
                                new UrlPattern("*"),
                                HttpResult.REQUESTFAILED,
                                0,
                                java.util.List.of(),
                                Bytes.EMPTY,
                                OptionalInt.empty(),
                                false,
                                false,
                                Period.ALWAYS));
    }

    @Test
    void whatEndsBeforeItBeginsIsRefused() {
        rejects(
                "[[http]]\nurl = \"*\"\nfrom_ms = 5\nuntil_ms = 5\n",
                "cloud.toml:4:1: until_ms must be later than from_ms");
    }

    @Test
    void anItemMayBeThereAgainFromALaterTimeOn() throws CloudFileException {
        String item = "[[config]]\nscope = \"device\"\nstore = \"config\"\nkey = \"k\"\n";
        assertThat(parsed(item + "value = \"1\"\n" + item + "value = \"2\"\nfrom_ms = 9\n").items())
                .hasSize(2);
        rejects(
                item + "value = \"1\"\n" + item + "value = \"2\"\nuntil_ms = 9\n",
                "cloud.toml:9:1: key \"k\" is there twice in this store and scope;"
                        + " remove one of them, or give one a later from_ms");
    }

    @Test
    void aMessageIsNotPublishedToAFilter() {
        rejects(
                "[[mqtt_message]]\ntopic = \"a/#\"\npayload = \"x\"\nat_ms = 1\n",
                "cloud.toml:2:1: a message has one topic; + and # are for subscriptions");
    }

    @Test
    void aLiveRouteHasNoAnswerOfItsOwn() {
        rejects(
                "[[http]]\nurl = \"*\"\nmode = \"live\"\nbody = \"x\"\n",
                "cloud.toml:3:1: the real server answers a route with mode = \"live\":"
                        + " remove result, status, headers and body");
    }

    @Test
    void aRouteThatCouldNotTakeEffectIsRefused() {
        rejects(
                "[[http]]\nurl = \"https://a/\"\nmethod = \"get\"\n",
                "cloud.toml:3:1: method \"get\" is none that Microvisor sends; did you mean"
                        + " \"GET\"?");
        rejects(
                "[[http]]\nurl = \"api.example/*\"\n",
                "cloud.toml:2:1: url \"api.example/*\" matches no request: it must begin with"
                        + " https:// or *");
        rejects(
                "[[http]]\nurl = \"*\"\nstatus = 404\nnever = true\n",
                "cloud.toml:4:1: a route that never answers has no answer and no delay; remove"
                        + " them");
        rejects(
                "[[http]]\nurl = \"*\"\nheaders = { \"Content Type\" = \"text/plain\" }\n",
                "cloud.toml:3:1: header \"Content Type: text/plain\" is not \"Name: value\" in"
                        + " printable ASCII");
    }

    @Test
    void certificatesMustBeCertificates() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), "no certificate");
        CloudFileException e =
                assertThrows(
                        CloudFileException.class,
                        () -> parsed("[http_defaults]\nca_file = \"ca.pem\""));
        assertThat(e).hasMessageContaining("ca_file holds no certificates in PEM or DER");
    }

    @Test
    void unknownKeysAreRejectedWithASuggestion() {
        rejects(
                "[device]\nside = \"x\"\n",
                "cloud.toml:2:1: unknown key \"side\" in [device]; did you mean \"sid\"?");
        rejects(
                "[devise]\n",
                "cloud.toml:1:1: unknown key \"devise\" in file; did you mean \"device\"?");
    }

    @Test
    void valuesOfTheWrongKindSayWhatIsWanted() {
        rejects(
                "[device]\nseed = \"one\"\nclock_hz = 5\nwall_clock = 2026\n",
                "cloud.toml:4:1: wall_clock must be a date with time and zone,"
                        + " 2026-01-01T00:00:00Z",
                "cloud.toml:3:1: clock_hz must be from 1000000 to 1000000000, not 5",
                "cloud.toml:2:1: seed must be a whole number");
    }

    @Test
    void aWrongSidIsRejected() {
        rejects(
                "[device]\nsid = \"UV12\"\n",
                "cloud.toml:2:1: sid must be UV and 32 hexadecimal digits in lower case, not UV12");
    }

    @Test
    void everyMissingKeyOfAConfigItemIsNamed() {
        rejects(
                "[[config]]\n",
                "cloud.toml:1:1: [[config]]: value or value_file is missing",
                "cloud.toml:1:1: [[config]]: scope is missing: \"device\" or \"account\"",
                "cloud.toml:1:1: [[config]]: store is missing: \"config\" or \"secret\"",
                "cloud.toml:1:1: [[config]]: key is missing: the name that firmware asks for");
    }

    @Test
    void aConfigItemMayNotBeThereTwiceNorBeTooLarge() {
        String item = "[[config]]\nscope=\"device\"\nstore=\"config\"\nkey=\"k\"\nvalue=\"v\"\n";
        rejects(
                item + item,
                "cloud.toml:9:1: key \"k\" is there twice in this store and scope;"
                        + " remove one of them, or give one a later from_ms");
        rejects(
                item.replace("\"v\"", "\"" + "v".repeat(4097) + "\""),
                "cloud.toml:5:1: value has 4097 bytes, the limit is 4096");
        rejects(
                item.replace("\"k\"", "\"" + "k".repeat(101) + "\""),
                "cloud.toml:4:1: key must have 1 to 100 characters");
    }

    @Test
    void aMissingValueFileIsNamedWithThePlaceLookedAt() {
        rejects(
                "[[config]]\nscope=\"device\"\nstore=\"config\"\nkey=\"k\"\nvalue_file=\"no.txt\"\n",
                "cloud.toml:5:1: value_file: no.txt: no such file; looked at "
                        + folder.resolve("no.txt"));
    }

    @Test
    void aFailingRouteMayNotHaveABody() {
        rejects(
                "[[http]]\nurl=\"*\"\nresult=\"REQUESTFAILED\"\nbody=\"x\"\n",
                "cloud.toml:3:1: a request that fails with REQUESTFAILED has no status and no body;"
                        + " remove them or the result");
    }

    @Test
    void brokenTomlIsReportedWithItsPosition() {
        CloudFileException e =
                assertThrows(CloudFileException.class, () -> parsed("[device\nsid = 1"));
        assertThat(e.problems().get(0).line()).isEqualTo(1);
        assertThat(e.getMessage()).startsWith("cloud.toml:1:8: Unexpected");
    }

    @Test
    void aFileThatDoesNotExistIsOneClearMessage() {
        Path missing = folder.resolve("missing.toml");
        CloudFileException e =
                assertThrows(CloudFileException.class, () -> CloudFile.read(missing));
        assertThat(e.getMessage()).isEqualTo(missing + ": no such file; looked at " + missing);
    }

    @Test
    void aFileOnDiskIsRead() throws IOException, CloudFileException {
        Path file = Files.writeString(folder.resolve("cloud.toml"), "[device]\nseed = 3\n");
        assertThat(CloudFile.read(file).device().seed()).isEqualTo(3);
    }

    @Test
    void problemsAreCutOffAtALimit() {
        CloudFileException e =
                assertThrows(CloudFileException.class, () -> parsed("[[config]]\n".repeat(1000)));
        assertThat(e.problems()).hasSize(20);
    }
}
