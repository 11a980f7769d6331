package dev.microvisor.emulator.kernel.configfetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ConfigFetchResult;
import dev.microvisor.emulator.api.ConfigItemResult;
import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import dev.microvisor.emulator.kernel.view.ConfigItemView;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ConfigFetchCallsTest {
    private static final String ITEMS =
            """
            [[config]]
            scope = "device"
            store = "config"
            key = "prefs"
            value = "{}"
            [[config]]
            scope = "account"
            store = "secret"
            key = "api-key"
            value = "s3cret"
            [[config]]
            scope = "device"
            store = "config"
            key = "big"
            value = "%s"
            """
                    .formatted("v".repeat(2000));

    private KernelFixture k = KernelFixture.with(ITEMS);

    private Struct key(Struct target, ConfigScope scope, ConfigStore store, String key) {
        return target.set("scope", scope.code()).set("store", store.code()).set("key", key);
    }

    /** A request for prefs, and whatever a test changes in it. */
    private Struct request(Consumer<Struct> change) {
        Struct item = k.structs("MvConfigKeyToFetch", 1).get(0);
        key(item, ConfigScope.DEVICE, ConfigStore.CONFIG, "prefs");
        change.accept(item);
        return k.struct("MvConfigKeyFetchParams").set("num_items", 1).set("keys_to_fetch", item.at);
    }

    private Status send(int channel, Struct request) {
        return k.call("mvSendConfigFetchRequest", channel, request.at);
    }

    /** Where one read of an item goes. */
    private final class Target {
        private final int result = k.variable(-1);
        private final int data = k.room(64);
        private final int length = k.variable(-1);
        private final Struct params;

        Target(int index, int size) {
            params =
                    k.struct("MvConfigResponseReadItemParams")
                            .set("item_index", index)
                            .set("result", result);
            k.guest.writeWord(params.at + 8, data);
            k.guest.writeWord(params.at + 12, size);
            k.guest.writeWord(params.at + 16, length);
        }

        Status read(int channel) {
            return k.call("mvReadConfigResponseItem", channel, params.at);
        }

        String value() {
            return k.textAt(data, k.word(length));
        }
    }

    @Test
    void itemsComeInTheOrderOfTheRequestAndTheAnswerComesLater() {
        int channel = k.channel(ChannelType.CONFIGFETCH);
        List<Struct> keys = k.structs("MvConfigKeyToFetch", 3);
        key(keys.get(0), ConfigScope.ACCOUNT, ConfigStore.SECRET, "api-key");
        key(keys.get(1), ConfigScope.DEVICE, ConfigStore.CONFIG, "prefs");
        key(keys.get(2), ConfigScope.ACCOUNT, ConfigStore.CONFIG, "prefs");
        Struct request =
                k.struct("MvConfigKeyFetchParams")
                        .set("num_items", 3)
                        .set("keys_to_fetch", keys.get(0).at);
        assertThat(send(channel, request)).isEqualTo(Status.OKAY);
        // Hazard 1: firmware clears its flag after the call, so nothing may come before.
        k.pass(50);
        assertThat(k.guest.pended).isEmpty();
        k.pass(5000);
        assertThat(k.told).containsExactly("MV_EVENTTYPE_CHANNELDATAREADABLE irq 51 tag 119");
        Struct data = k.struct("MvConfigResponseData");
        assertThat(k.call("mvReadConfigFetchResponseData", channel, data.at))
                .isEqualTo(Status.OKAY);
        assertThat(data.get("result")).isEqualTo(ConfigFetchResult.OK.code());
        assertThat(data.get("num_items")).isEqualTo(3);
        Target secret = new Target(0, 64);
        assertThat(secret.read(channel)).isEqualTo(Status.OKAY);
        assertThat(k.word(secret.result)).isEqualTo(ConfigItemResult.OK.code());
        assertThat(secret.value()).isEqualTo("s3cret");
        assertThat(secret.read(channel)).isEqualTo(Status.OKAY);
        Target missing = new Target(2, 64);
        assertThat(missing.read(channel)).isEqualTo(Status.OKAY);
        assertThat(k.word(missing.result)).isEqualTo(ConfigItemResult.KEYNOTFOUND.code());
        assertThat(k.word(missing.length)).isZero();
        assertThat(k.view().configItems())
                .extracting(ConfigItemView::key, ConfigItemView::secret, ConfigItemView::read)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("api-key", true, true),
                        org.assertj.core.groups.Tuple.tuple("prefs", false, false),
                        org.assertj.core.groups.Tuple.tuple("prefs", false, true));
    }

    @Test
    void aValueIsCutAtTheSizeOfItsTarget() {
        int channel = k.channel(ChannelType.CONFIGFETCH);
        List<Struct> keys = k.structs("MvConfigKeyToFetch", 1);
        key(keys.get(0), ConfigScope.ACCOUNT, ConfigStore.SECRET, "api-key");
        send(
                channel,
                k.struct("MvConfigKeyFetchParams")
                        .set("num_items", 1)
                        .set("keys_to_fetch", keys.get(0).at));
        k.pass(300);
        Target target = new Target(0, 3);
        assertThat(target.read(channel)).isEqualTo(Status.OKAY);
        assertThat(target.value()).isEqualTo("s3c");
    }

    @Test
    void anAnswerThatDoesNotFitIsTooLargeAsAWhole() {
        int channel = k.channel(ChannelType.CONFIGFETCH);
        send(channel, request(i -> i.set("key", "big")));
        k.pass(300);
        Struct data = k.struct("MvConfigResponseData");
        k.call("mvReadConfigFetchResponseData", channel, data.at);
        assertThat(data.get("result")).isEqualTo(ConfigFetchResult.RESPONSETOOLARGE.code());
        assertThat(data.get("num_items")).isZero();
        assertThat(new Target(0, 3).read(channel)).isEqualTo(Status.INDEXINVALID);
    }

    @Test
    void requestsThatWereNotIssuedMayBeTriedAgain() {
        int channel = k.channel(ChannelType.CONFIGFETCH);
        assertThat(k.call("mvSendConfigFetchRequest", channel, FakeGuest.NOWHERE))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(send(1, request(i -> {}))).isEqualTo(Status.INVALIDHANDLE);
        List<Struct> keys = k.structs("MvConfigKeyToFetch", 8);
        for (Struct key : keys) {
            key(key, ConfigScope.DEVICE, ConfigStore.CONFIG, "k".repeat(90));
        }
        assertThat(
                        send(
                                channel,
                                k.struct("MvConfigKeyFetchParams")
                                        .set("num_items", 8)
                                        .set("keys_to_fetch", keys.get(0).at)))
                .isEqualTo(Status.INVALIDBUFFERSIZE);
        assertThat(send(channel, request(i -> {}))).isEqualTo(Status.OKAY);
        assertThat(send(channel, request(i -> {}))).isEqualTo(Status.REQUESTALREADYSENT);
    }

    private void spends(Status status, Struct request) {
        int channel = k.channel(ChannelType.CONFIGFETCH);
        assertThat(send(channel, request)).isEqualTo(status);
        assertThat(send(channel, request(i -> {}))).isEqualTo(Status.REQUESTALREADYSENT);
    }

    @Test
    void aBadNestedPointerSpendsTheChannel() {
        spends(Status.LATEFAULT, request(i -> i.breakString("key")));
    }

    @Test
    void aBadArraySpendsTheChannel() {
        spends(Status.LATEFAULT, request(i -> {}).set("keys_to_fetch", FakeGuest.NOWHERE));
    }

    @Test
    void tooManyKeysSpendTheChannel() {
        spends(Status.TOOMANYCONFIGKEYS, request(i -> {}).set("num_items", 65));
    }

    @Test
    void anUnknownStoreSpendsTheChannel() {
        spends(Status.UNKNOWNCONFIGSTORE, request(i -> i.set("store", 2)));
    }

    @Test
    void anUnknownScopeSpendsTheChannel() {
        spends(Status.UNKNOWNCONFIGSCOPE, request(i -> i.set("scope", 2)));
    }

    @Test
    void aKeyThatIsNotPrintableSpendsTheChannel() {
        spends(Status.INVALIDCONFIGKEY, request(i -> i.set("key", "a\nb")));
    }

    @Test
    void readsRefuse() {
        int channel = k.channel(ChannelType.CONFIGFETCH);
        assertThat(k.call("mvReadConfigFetchResponseData", channel, FakeGuest.FLASH))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvReadConfigFetchResponseData", 1, k.room(8)))
                .isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.call("mvReadConfigFetchResponseData", channel, k.room(8)))
                .isEqualTo(Status.RESPONSENOTPRESENT);
        assertThat(k.call("mvReadConfigResponseItem", channel, FakeGuest.NOWHERE))
                .isEqualTo(Status.PARAMETERFAULT);
        Target target = new Target(0, 4);
        assertThat(target.read(1)).isEqualTo(Status.INVALIDHANDLE);
        assertThat(target.read(channel)).isEqualTo(Status.RESPONSENOTPRESENT);
        send(channel, request(i -> {}));
        k.pass(300);
        assertThat(new Target(1, 4).read(channel)).isEqualTo(Status.INDEXINVALID);
        Target bad = new Target(0, 4);
        bad.params.set("result", FakeGuest.FLASH);
        assertThat(bad.read(channel)).isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void aBrokenChannelAnswersChannelClosed() {
        k = KernelFixture.with("[[fault]]\nat_ms = 100\nend_channels = \"CHANNELCLOSEDBYSERVER\"");
        int channel = k.channel(ChannelType.CONFIGFETCH);
        k.pass(200);
        assertThat(send(channel, request(i -> {}))).isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.call("mvReadConfigFetchResponseData", channel, k.room(8)))
                .isEqualTo(Status.CHANNELCLOSED);
        assertThat(new Target(0, 4).read(channel)).isEqualTo(Status.CHANNELCLOSED);
    }

    @Test
    void faultsSpoilSingleItems() {
        k =
                KernelFixture.with(
                        ITEMS
                                + """
                                [[fault]]
                                at_ms = 0
                                config_result = "SERVERERROR"
                                key = "prefs"
                                """);
        int channel = k.channel(ChannelType.CONFIGFETCH);
        k.pass(1);
        send(channel, request(i -> {}));
        k.pass(300);
        Target target = new Target(0, 4);
        assertThat(target.read(channel)).isEqualTo(Status.OKAY);
        assertThat(k.word(target.result)).isEqualTo(ConfigItemResult.SERVERERROR.code());
    }
}
