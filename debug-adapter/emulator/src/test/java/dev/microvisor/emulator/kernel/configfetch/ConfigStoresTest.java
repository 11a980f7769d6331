package dev.microvisor.emulator.kernel.configfetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ConfigItemResult;
import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One key in both stores and both scopes is four items. */
class ConfigStoresTest {
    private static final String ITEMS =
            """
            [[config]]
            scope = "account"
            store = "config"
            key = "key"
            value = "account config"
            [[config]]
            scope = "account"
            store = "secret"
            key = "key"
            value = "account secret"
            [[config]]
            scope = "device"
            store = "config"
            key = "key"
            value = "device config"
            [[config]]
            scope = "device"
            store = "secret"
            key = "key"
            value = "device secret"
            """;

    /** How an item was answered. */
    private record Item(ConfigItemResult result, String value) {}

    private static Item fetch(String cloudFile, ConfigScope scope, ConfigStore store, String key) {
        return fetch(KernelFixture.with(cloudFile), scope, store, key);
    }

    private static Item fetch(KernelFixture k, ConfigScope scope, ConfigStore store, String key) {
        int channel = k.channel(ChannelType.CONFIGFETCH);
        Struct wanted = k.structs("MvConfigKeyToFetch", 1).get(0);
        wanted.set("scope", scope.code()).set("store", store.code()).set("key", key);
        Struct request =
                k.struct("MvConfigKeyFetchParams")
                        .set("num_items", 1)
                        .set("keys_to_fetch", wanted.at);
        assertThat(k.call("mvSendConfigFetchRequest", channel, request.at)).isEqualTo(Status.OKAY);
        k.pass(1000);
        int result = k.variable(-1);
        int length = k.variable(-1);
        int data = k.room(32);
        Struct target =
                k.struct("MvConfigResponseReadItemParams")
                        .set("result", result)
                        .set("buf.data", data)
                        .set("buf.size", 32)
                        .set("buf.length", length);
        assertThat(k.call("mvReadConfigResponseItem", channel, target.at)).isEqualTo(Status.OKAY);
        return new Item(ConfigItemResult.values()[k.word(result)], k.textAt(data, k.word(length)));
    }

    @ParameterizedTest
    @CsvSource({
        "ACCOUNT, CONFIG, account config",
        "ACCOUNT, SECRET, account secret",
        "DEVICE, CONFIG, device config",
        "DEVICE, SECRET, device secret"
    })
    void storeAndScopeChooseTheItem(ConfigScope scope, ConfigStore store, String value) {
        assertThat(fetch(ITEMS, scope, store, "key"))
                .isEqualTo(new Item(ConfigItemResult.OK, value));
        assertThat(fetch(ITEMS, scope, store, "other"))
                .isEqualTo(new Item(ConfigItemResult.KEYNOTFOUND, ""));
        assertThat(fetch("", scope, store, "key"))
                .isEqualTo(new Item(ConfigItemResult.KEYNOTFOUND, ""));
        String broken =
                "[[fault]]\ncall = \"mvSendConfigFetchRequest\"\nconfig_result = \"SERVERERROR\"\n";
        assertThat(fetch(ITEMS + broken, scope, store, "key"))
                .isEqualTo(new Item(ConfigItemResult.SERVERERROR, ""));
    }

    @Test
    void anItemChangesAtTheTimesOfTheCloudFile() {
        String item = "[[config]]\nscope = \"device\"\nstore = \"config\"\nkey = \"key\"\n";
        String toml =
                item
                        + "value = \"old\"\nuntil_ms = 60_000\n"
                        + item
                        + "value = \"new\"\nfrom_ms = 30_000\nuntil_ms = 40_000\n";
        assertThat(valueAt(0, toml)).isEqualTo("old");
        assertThat(valueAt(30_000, toml)).isEqualTo("new");
        assertThat(valueAt(41_000, toml)).isEqualTo("old");
        assertThat(valueAt(60_000, toml)).isEmpty();
    }

    private static String valueAt(int ms, String toml) {
        KernelFixture k = KernelFixture.with(toml);
        k.pass(ms);
        return fetch(k, ConfigScope.DEVICE, ConfigStore.CONFIG, "key").value();
    }
}
