package dev.microvisor.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
    private final Catalog catalog = Catalog.bundled();

    @Test
    void theFilesInTheJarAgreeWithEachOther() {
        assertThat(CatalogReader.bundled().finish().calls()).hasSize(72);
    }

    @Test
    void all72ExportedCallsHaveTheirSlotAndTwoSlotsAreEmpty() {
        Set<Integer> slots =
                catalog.calls().stream()
                        .map(SystemCall::slot)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(slots)
                .containsExactlyElementsOf(
                        IntStream.range(0, SystemCall.SLOTS)
                                .filter(slot -> slot != 20 && slot != 71)
                                .boxed()
                                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "mvEnableFastInterrupt, 0x0c1fe000",
        "mvOpenChannel, 0x0c1fe0c0",
        "mvTemporaryStructTest, 0x0c1fe060",
        "mvGetWifiConfig, 0x0c1fe248"
    })
    void entryAddressesAreThoseOfTheSymbolTable(String name, String address) {
        assertThat(catalog.call(name).orElseThrow().address()).isEqualTo(Integer.decode(address));
    }

    @Test
    void onlyTheStructTestIsAbsentFromTheHeader() {
        assertThat(catalog.calls())
                .filteredOn(call -> !call.inHeader())
                .extracting(SystemCall::name)
                .containsExactly("mvTemporaryStructTest");
    }

    @Test
    void thirteenCallsAnswerUnavailableInInterruptHandlers() {
        assertThat(catalog.calls())
                .filteredOn(call -> call.context() == InterruptContext.REFUSED)
                .hasSize(13)
                .allSatisfy(
                        call ->
                                assertThat(call.statuses().get(0).status())
                                        .isEqualTo("MV_STATUS_UNAVAILABLE"));
    }

    @Test
    void theByteChannelCallsAndTheirTypeAreDeprecated() {
        assertThat(catalog.calls())
                .filteredOn(call -> call.deprecated().isPresent() && call.inHeader())
                .extracting(SystemCall::name)
                .containsExactly(
                        "mvWriteChannelStream",
                        "mvWriteChannel",
                        "mvReadChannelComplete",
                        "mvReadChannel");
        assertThat(catalog.constant("MV_CHANNELTYPE_OPAQUEBYTES").orElseThrow().deprecated())
                .isPresent();
    }

    @Test
    void statusesOfOpenChannelComeInTheirDocumentedOrder() {
        assertThat(catalog.call("mvOpenChannel").orElseThrow().statuses())
                .extracting(s -> s.status().substring("MV_STATUS_".length()))
                .containsExactly(
                        "PARAMETERFAULT",
                        "UNSUPPORTEDSTRUCTUREVERSION",
                        "INVALIDHANDLE",
                        "INVALIDBUFFERALIGNMENT",
                        "INVALIDBUFFERSIZE",
                        "UNKNOWNCHANNELTYPE",
                        "UNKNOWNCHANNELENDPOINT",
                        "NETWORKNOTCONNECTED",
                        "RATELIMITED",
                        "UNAVAILABLE",
                        "TOOMANYCHANNELS");
    }

    @Test
    void fiveEnumerationsAreOneByteWide() {
        assertThat(catalog.enumerations())
                .filteredOn(type -> type.widthBytes() == 1)
                .extracting(EnumType::name)
                .containsExactly(
                        "MvDeepSleepMode",
                        "MvMqttAuthenticationMethod",
                        "MvPowerSavingMode",
                        "MvWakeReason",
                        "MvWifiConfigMode");
    }

    @Test
    void all39StatusesAreNumberedWithoutGaps() {
        assertThat(catalog.statuses().constants())
                .extracting(EnumType.Constant::value)
                .containsExactlyElementsOf(IntStream.range(0, 39).mapToObj(Long::valueOf).toList());
        assertThat(catalog.statuses().nameOf(0x11)).isEqualTo("MV_STATUS_RATELIMITED");
        assertThat(catalog.statuses().nameOf(0x99)).isEqualTo("0x99");
    }

    @Test
    void whereDocumentsDifferTheHeaderDecides() {
        assertThat(catalog.constant("MV_NETWORKREASON_ENHANCECALM").orElseThrow().value())
                .isEqualTo(0x800);
        StructType item = catalog.struct("MvConfigResponseReadItemParams").orElseThrow();
        assertThat(item.fields())
                .extracting(StructType.Field::path)
                .containsExactly("item_index", "result", "buf");
        assertThat(catalog.alias("MV_CONFIGKEYFETCHSTORE_STORE").orElseThrow().canonical())
                .isEqualTo("MV_CONFIGKEYFETCHSTORE_CONFIG");
    }

    @Test
    void openChannelParamsCarryTheBufferRules() {
        StructType params = catalog.struct("MvOpenChannelParams").orElseThrow();
        assertThat(params.sizeBytes()).isEqualTo(44);
        assertThat(params.field("v1.send_buffer").orElseThrow().constraints())
                .contains(new Constraint.Align(512, ""));
        String http = "v1.channel_type == MV_CHANNELTYPE_HTTP";
        assertThat(params.field("v1.receive_buffer").orElseThrow().constraints())
                .contains(new Constraint.Align(512, http));
        assertThat(params.field("v1.receive_buffer_len").orElseThrow().constraints())
                .contains(new Constraint.MultipleOf(512, http));
        assertThat(params.field("version").orElseThrow().constraints())
                .containsExactly(new Constraint.Const(1, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "notification-centres, 32",
        "notification-buffer-min-bytes, 32",
        "network-handles, 128",
        "channels, 4",
        "open-channel-rate, 8",
        "http-headers, 32",
        "http-timeout-min-ms, 5000",
        "http-timeout-max-ms, 10000",
        "mqtt-topics, 8",
        "mqtt-certificates, 8",
        "external-flash-handles, 32",
        "external-flash-erase-bytes, 4096",
        "device-id-bytes, 34",
        "config-key-characters, 100",
        "config-value-characters, 4096"
    })
    void limitsAreThoseOfTheDocuments(String id, long value) {
        assertThat(catalog.limit(id)).isEqualTo(value);
    }

    @Test
    void anUnknownLimitIsTheCallersMistake() {
        assertThatThrownBy(() -> catalog.limit("moon-phases"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("moon-phases");
    }

    @Test
    void interruptNumbersAreThoseOfTheDevice() {
        assertThat(catalog.interrupts()).hasSize(125);
        assertThat(catalog.interrupts().get(51).handlerName()).isEqualTo("TIM8_BRK_IRQHandler");
        assertThat(catalog.interrupts().get(124).name()).isEqualTo("FMAC");
    }

    @Test
    void everyAcquiringCallHasOneThatReleases() {
        List<String> acquired = resources(Effect.Acquires.class);
        assertThat(acquired).hasSize(5);
        assertThat(resources(Effect.Releases.class)).containsAll(acquired);
    }

    private List<String> resources(Class<? extends Effect> kind) {
        return catalog.calls().stream()
                .flatMap(call -> call.effects().stream())
                .filter(kind::isInstance)
                .map(
                        effect ->
                                effect instanceof Effect.Acquires a
                                        ? a.resource()
                                        : ((Effect.Releases) effect).resource())
                .distinct()
                .toList();
    }
}
