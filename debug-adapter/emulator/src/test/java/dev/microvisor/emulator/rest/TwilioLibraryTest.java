package dev.microvisor.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.microvisor.v1.AccountConfig;
import com.twilio.rest.microvisor.v1.AccountSecret;
import com.twilio.rest.microvisor.v1.App;
import com.twilio.rest.microvisor.v1.Device;
import com.twilio.rest.microvisor.v1.app.AppManifest;
import com.twilio.rest.microvisor.v1.device.DeviceConfig;
import com.twilio.rest.microvisor.v1.device.DeviceSecret;
import dev.microvisor.emulator.api.ConfigStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of Twilio's own helper library against the local cloud. */
class TwilioLibraryTest {
    private static final String DEVICE = "UV0123456789abcdef0123456789abcdef";

    @TempDir Path folder;
    private CloudStore store;
    private RestServer server;
    private TwilioRestClient client;

    @BeforeEach
    void start() throws IOException {
        store =
                CloudStore.open(
                        folder, Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
        store.ensureDevice(DEVICE);
        server = RestServer.start(store, 0);
        Account account = store.account();
        client =
                new TwilioRestClient.Builder(account.sid(), account.token())
                        .httpClient(new LocalHttpClient(server.base()))
                        .build();
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    @Test
    void accountConfigLivesItsWholeLife() {
        AccountConfig created = AccountConfig.creator("prefs a b+c", "{\"x\": 1}").create(client);
        assertThat(created.getKey()).isEqualTo("prefs a b+c");
        assertThat(created.getDateUpdated()).isEqualTo("2026-01-02T03:04:05Z");

        AccountConfig updated = AccountConfig.updater("prefs a b+c", "zwölf").update(client);
        assertThat(updated.getValue()).isEqualTo("zwölf");
        assertThat(AccountConfig.fetcher("prefs a b+c").fetch(client).getValue())
                .isEqualTo("zwölf");
        assertThat(AccountConfig.deleter("prefs a b+c").delete(client)).isTrue();
        assertThatThrownBy(() -> AccountConfig.fetcher("prefs a b+c").fetch(client))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(20404));
    }

    @Test
    void accountSecretCanBeWrittenAndDeletedAndNeverRead() {
        AccountSecret created = AccountSecret.creator("key", "hush").create(client);
        assertThat(created.getDateRotated()).isNotNull();
        assertThat(AccountSecret.fetcher("key").fetch(client).toString()).doesNotContain("hush");
        AccountSecret.updater("key", "hush2").update(client);
        assertThat(store.item(Owner.ACCOUNT, ConfigStore.SECRET, "key").orElseThrow().value())
                .isEqualTo("hush2");
        List<String> keys = new ArrayList<>();
        AccountSecret.reader().read(client).forEach(s -> keys.add(s.getKey()));
        assertThat(keys).containsExactly("key");
        assertThat(AccountSecret.deleter("key").delete(client)).isTrue();
    }

    @Test
    void deviceItemsBelongToOneDevice() {
        String other = "UV" + "f".repeat(32);
        store.ensureDevice(other);
        DeviceConfig.creator(DEVICE, "k", "mine").create(client);
        DeviceConfig.creator(other, "k", "theirs").create(client);
        assertThat(DeviceConfig.fetcher(DEVICE, "k").fetch(client).getValue()).isEqualTo("mine");
        assertThat(DeviceConfig.fetcher(other, "k").fetch(client).getDeviceSid()).isEqualTo(other);
        assertThat(DeviceConfig.updater(DEVICE, "k", "new").update(client).getValue())
                .isEqualTo("new");
        List<String> values = new ArrayList<>();
        DeviceConfig.reader(DEVICE).read(client).forEach(c -> values.add(c.getValue()));
        assertThat(values).containsExactly("new");
        assertThat(DeviceConfig.deleter(DEVICE, "k").delete(client)).isTrue();

        DeviceSecret.creator(DEVICE, "s", "one").create(client);
        DeviceSecret.updater(DEVICE, "s", "two").update(client);
        assertThat(DeviceSecret.fetcher(DEVICE, "s").fetch(client).getKey()).isEqualTo("s");
        assertThat(DeviceSecret.reader(DEVICE).read(client)).hasSize(1);
        assertThat(DeviceSecret.deleter(DEVICE, "s").delete(client)).isTrue();
        assertThat(store.item(Owner.device(DEVICE), ConfigStore.SECRET, "s")).isEmpty();
    }

    @Test
    void deviceIsRenamedTargetedLoggedAndRestarted() {
        StoredApp app = store.addApp(Optional.of("demo"), "sha256:00ff", "AAEC");
        Device device =
                Device.updater(DEVICE)
                        .setUniqueName("bench")
                        .setTargetApp("demo")
                        .setLoggingEnabled(true)
                        .setRestartApp(true)
                        .update(client);
        assertThat(device.getUniqueName()).isEqualTo("bench");
        assertThat(device.getApp())
                .containsEntry("target_sid", app.sid())
                .containsEntry("target_hash", "sha256:00ff")
                .containsEntry("update_status", "pending");
        assertThat(device.getLogging())
                .containsEntry("enabled", true)
                .containsEntry("date_expires", "2026-01-03T03:04:05Z");
        assertThat(store.device("bench").orElseThrow().restartRequests()).isEqualTo(1);

        store.report(DEVICE, app.sid());
        Device reported = Device.fetcher("bench").fetch(client);
        assertThat(reported.getApp()).containsEntry("update_status", "up-to-date");
        Device silent = Device.updater("bench").setLoggingEnabled(false).update(client);
        assertThat(silent.getLogging()).containsEntry("enabled", false);
        assertThat(silent.getLinks().get("device_configs")).endsWith(DEVICE + "/Configs");
        assertThat(Device.reader().read(client)).hasSize(1);
    }

    @Test
    void appsAreListedFetchedAndDeletedWithTheirManifests() {
        StoredApp app = store.addApp(Optional.of("demo"), "sha256:00ff", "AAEC");
        assertThat(App.fetcher("demo").fetch(client).getSid()).isEqualTo(app.sid());
        assertThat(App.reader().read(client)).hasSize(1);
        assertThat(AppManifest.fetcher(app.sid()).fetch(client).getEncodedBytes())
                .isEqualTo("AAEC");
        assertThat(App.deleter(app.sid()).delete(client)).isTrue();
        assertThat(store.app("demo")).isEmpty();
    }

    @Test
    void listsArePagedThroughWithoutLossOrRepeat() {
        for (int i = 0; i < 120; i++) {
            store.create(Owner.ACCOUNT, ConfigStore.CONFIG, String.format("key%03d", i), "v");
        }
        List<String> keys = new ArrayList<>();
        for (AccountConfig config : AccountConfig.reader().pageSize(50).read(client)) {
            keys.add(config.getKey());
        }
        assertThat(keys).hasSize(120).doesNotHaveDuplicates().isSorted();
    }
}
