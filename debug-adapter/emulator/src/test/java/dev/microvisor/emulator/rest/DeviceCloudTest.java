package dev.microvisor.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ConfigItemResult;
import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.CloudFile;
import dev.microvisor.emulator.cloud.DeviceCloud;
import dev.microvisor.emulator.cloud.DeviceWatch;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import dev.microvisor.emulator.outside.Outside;
import dev.microvisor.emulator.outside.Recording;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Firmware that uses the local cloud, in this process or in another one. */
class DeviceCloudTest {
    private static final String SID = "UV00000000000000000000000000000001";

    @TempDir Path folder;
    private CloudStore store;
    private RestServer server;

    @BeforeEach
    void start() throws IOException {
        store = CloudStore.open(folder.resolve("data"), Clock.systemUTC());
        server = RestServer.start(store, 0);
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    private DeviceCloud cloud(boolean remote) {
        return remote
                ? new RemoteDeviceCloud(URI.create(server.deviceUrl()), SID)
                : new StoredDeviceCloud(store, SID);
    }

    private static String fetched(KernelFixture k, ConfigStore kind, String key) {
        int channel = k.channel(ChannelType.CONFIGFETCH);
        Struct item = k.structs("MvConfigKeyToFetch", 1).get(0);
        item.set("scope", ConfigScope.DEVICE.code()).set("store", kind.code()).set("key", key);
        Struct request =
                k.struct("MvConfigKeyFetchParams")
                        .set("num_items", 1)
                        .set("keys_to_fetch", item.at);
        assertThat(k.call("mvSendConfigFetchRequest", channel, request.at)).isEqualTo(Status.OKAY);
        k.pass(250);
        int value = k.room(64);
        int length = k.variable(0);
        int result = k.variable(-1);
        Struct read = k.struct("MvConfigResponseReadItemParams").set("result", result);
        k.guest.writeWord(read.at + 8, value);
        k.guest.writeWord(read.at + 12, 64);
        k.guest.writeWord(read.at + 16, length);
        assertThat(k.call("mvReadConfigResponseItem", channel, read.at)).isEqualTo(Status.OKAY);
        k.close(channel);
        return ConfigItemResult.values()[k.word(result)] + " " + k.textAt(value, k.word(length));
    }

    private KernelFixture kernel(String cloudFile, World world) throws Exception {
        return new KernelFixture(CloudFile.parse(cloudFile, "cloud.toml", folder), world);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void firmwareFetchesWhatRestHasWrittenLast(boolean remote) throws Exception {
        Outside outside = Outside.live(false);
        outside.recordTo(folder.resolve("run.jsonl"), "f", FakeGuest.CLOCK_HZ, true);
        World world = World.with(outside, cloud(remote));
        String file = "[[config]]\nscope=\"device\"\nstore=\"config\"\nkey=\"b\"\nvalue=\"file\"";
        Owner device = Owner.device(SID);
        store.create(device, ConfigStore.CONFIG, "a b/c", "one");
        store.create(device, ConfigStore.SECRET, "s", "hidden");
        assertThat(fetched(kernel(file, world), ConfigStore.CONFIG, "a b/c")).isEqualTo("OK one");
        Recording first = Recording.read(folder.resolve("run.jsonl"));
        store.update(device, ConfigStore.CONFIG, "a b/c", "two");
        World later = World.with(Outside.live(false), cloud(remote));
        assertThat(fetched(kernel(file, later), ConfigStore.CONFIG, "a b/c")).isEqualTo("OK two");
        World secret = World.with(Outside.live(false), cloud(remote));
        assertThat(fetched(kernel(file, secret), ConfigStore.SECRET, "s")).isEqualTo("OK hidden");
        World fallback = World.with(Outside.live(false), cloud(remote));
        assertThat(fetched(kernel(file, fallback), ConfigStore.CONFIG, "b")).isEqualTo("OK file");
        World none = World.with(Outside.live(false), cloud(remote));
        assertThat(fetched(kernel(file, none), ConfigStore.CONFIG, "x")).isEqualTo("KEYNOTFOUND ");
        World replay = World.replaying(Outside.replaying(first, false), first.asksCloud());
        assertThat(fetched(kernel(file, replay), ConfigStore.CONFIG, "a b/c")).isEqualTo("OK one");
    }

    @Test
    void aCloudThatIsGoneIsAServerError() throws Exception {
        World world = World.with(Outside.live(false), cloud(true));
        server.close();
        KernelFixture k = kernel("", world);
        assertThat(fetched(k, ConfigStore.CONFIG, "a")).isEqualTo("SERVERERROR ");
        assertThat(k.guest.warnings).singleElement().asString().contains("cannot be asked");
    }

    @Test
    void onlyTheKeyOfTheDevicesReadsSecrets() {
        store.create(Owner.ACCOUNT, ConfigStore.SECRET, "s", "hidden");
        Account account = store.account();
        for (String user : new String[] {"device:wrong", account.sid() + ":" + account.token()}) {
            URI url = URI.create("http://" + user + "@127.0.0.1:" + server.port());
            assertThatThrownBy(
                            () ->
                                    new RemoteDeviceCloud(url, SID)
                                            .item(ConfigScope.ACCOUNT, ConfigStore.SECRET, "s"))
                    .hasMessageContaining("does not know this key");
        }
    }

    /** Lets real and virtual time pass until the kernel has told something. */
    private static void passUntilTold(KernelFixture k, String what) {
        for (int i = 0; i < 20_000 && !k.told.contains(what); i++) {
            k.guest.now = k.kernel.passIdleTime(k.kernel.nextEvent());
            k.kernel.runEvents(k.guest.now);
        }
        assertThat(k.told).contains(what);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void restartLoggingAndTargetAppReachTheRunningDevice(boolean remote) throws Exception {
        Outside outside = Outside.live(false);
        World world = World.with(outside, cloud(remote));
        KernelFixture k = kernel("", world);
        try (DeviceWatch watch = DeviceWatch.start(cloud(remote), outside)) {
            assertThat(watch).isNotNull();
            assertThat(k.kernel.expectsOutsideInput()).isTrue();
            store.change(
                    SID,
                    new DeviceChange(Optional.empty(), Optional.empty(), Optional.empty(), true));
            passUntilTold(k, "restarted: MV_WAKEREASON_REMOTEAPPLICATIONRESTART");
            StoredApp app = store.addApp(Optional.empty(), "sha256:00", "");
            store.change(
                    SID,
                    new DeviceChange(
                            Optional.empty(), Optional.of(app.sid()), Optional.of(true), false));
            passUntilTold(k, "restarted: MV_WAKEREASON_APPLICATIONUPDATE");
            assertThat(k.view().logging().enabledByServer()).isTrue();
            assertThat(store.device(SID).orElseThrow().reportedApp()).contains(app.sid());
        }
    }
}
