package dev.microvisor.emulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.api.MqttReadable;
import dev.microvisor.emulator.api.MqttVersion;
import dev.microvisor.emulator.api.NetworkStatus;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import dev.microvisor.emulator.kernel.mqtt.MqttFirmware;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What made firmware that worked on boards hang in an emulator: the numbered list of the facts,
 * section 11. Each number has a test here, named by it; the details have more tests beside the
 * calls.
 */
class HazardsTest {
    private static final int HAZARDS = 15;
    private static final int TIM6 = 0x4000_1000;
    private static final String CLOUD =
            """
            [[http]]
            url = "*"
            body = "short"
            [[config]]
            scope = "device"
            store = "config"
            key = "prefs"
            value = "value"
            """;

    private final KernelFixture k = KernelFixture.with(CLOUD);

    @Test
    void everyHazardHasItsTest() {
        List<String> numbers =
                Arrays.stream(HazardsTest.class.getDeclaredMethods())
                        .filter(m -> m.isAnnotationPresent(Test.class))
                        .map(Method::getName)
                        .filter(name -> name.startsWith("hazard"))
                        .map(name -> name.substring("hazard".length(), "hazard".length() + 2))
                        .sorted()
                        .toList();
        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, HAZARDS)
                                .mapToObj(i -> String.format("%02d", i))
                                .toList());
    }

    private int sendConfigRequest() {
        int channel = k.channel(ChannelType.CONFIGFETCH);
        Struct key = k.structs("MvConfigKeyToFetch", 1).get(0);
        key.set("scope", 1).set("store", 1).set("key", "prefs");
        Struct request =
                k.struct("MvConfigKeyFetchParams").set("num_items", 1).set("keys_to_fetch", key.at);
        assertThat(k.call("mvSendConfigFetchRequest", channel, request.at)).isEqualTo(Status.OKAY);
        return channel;
    }

    private int sendHttpRequest() {
        int channel = k.channel(ChannelType.HTTP);
        Struct request =
                k.struct("MvHttpRequest")
                        .set("method", "GET")
                        .set("url", "https://a.example/")
                        .set("timeout_ms", 10_000);
        assertThat(k.call("mvSendHttpRequest", channel, request.at)).isEqualTo(Status.OKAY);
        return channel;
    }

    private List<String> channelEvents() {
        return k.told.stream().filter(t -> t.contains("tag " + KernelFixture.TAG)).toList();
    }

    private static String readable() {
        return "MV_EVENTTYPE_CHANNELDATAREADABLE irq 51 tag " + KernelFixture.TAG;
    }

    @Test
    void hazard01TheConfigAnswerComesSomeTimeAfterTheCall() {
        sendConfigRequest();
        k.pass(20);
        assertThat(k.guest.pended).as("firmware clears its flag after the call").isEmpty();
        k.pass(980);
        assertThat(k.guest.pended).as("and gives up after four seconds").hasSize(1);
    }

    @Test
    void hazard02NoWriteSpaceOnHttpAndConfigChannels() {
        sendHttpRequest();
        k.pass(15_000);
        KernelFixture config = KernelFixture.with(CLOUD);
        assertThat(k.told).noneMatch(t -> t.contains("WRITESPACE"));
        new HazardsTest().sendAndForget(config);
        assertThat(config.told).isNotEmpty().noneMatch(t -> t.contains("WRITESPACE"));
    }

    private void sendAndForget(KernelFixture other) {
        int channel = other.channel(ChannelType.CONFIGFETCH);
        Struct key = other.structs("MvConfigKeyToFetch", 1).get(0);
        key.set("scope", 1).set("store", 1).set("key", "prefs");
        Struct request =
                other.struct("MvConfigKeyFetchParams")
                        .set("num_items", 1)
                        .set("keys_to_fetch", key.at);
        other.call("mvSendConfigFetchRequest", channel, request.at);
        other.pass(15_000);
    }

    @Test
    void hazard03NoNotConnectedForAnOwnCloseNorAfterAConfigAnswer() {
        int channel = sendConfigRequest();
        k.pass(60_000);
        k.close(channel);
        k.pass(60_000);
        assertThat(channelEvents()).containsExactly(readable());
    }

    @Test
    void hazard04OneReadableForEachAnswer() {
        int channel = sendHttpRequest();
        k.pass(60_000);
        Struct data = k.struct("MvHttpResponseData");
        assertThat(k.call("mvReadHttpResponseData", channel, data.at)).isEqualTo(Status.OKAY);
        k.pass(60_000);
        assertThat(channelEvents()).containsExactly(readable());
    }

    @Test
    void hazard05EachRecordHasAnInterruptOfItsOwn() {
        CoreFixture core = new CoreFixture("");
        int centre = core.centre();
        for (int tag = 0; tag < 3; tag++) {
            core.call("mvTempTriggerNotification", centre, EventType.UPDATEDOWNLOADED.code(), tag);
        }
        core.await(10);
        assertThat(core.word(CoreFixture.COUNT)).isEqualTo(3);
    }

    @Test
    void hazard06TheRecordIsThereWhenTheHandlerRuns() {
        CoreFixture core = new CoreFixture("");
        int centre = core.centre();
        core.call("mvTempTriggerNotification", centre, EventType.UPDATEDOWNLOADED.code(), 9);
        core.await(10);
        assertThat(core.word(CoreFixture.SEEN)).isEqualTo(EventType.UPDATEDOWNLOADED.code());
    }

    @Test
    void hazard07OldRecordsAreWrittenOver() {
        byte[] filled = new byte[KernelFixture.RING_BYTES];
        Arrays.fill(filled, (byte) 0xFF);
        k.guest.write(KernelFixture.RING, filled);
        int centre = k.centre();
        for (int i = 0; i < 9; i++) {
            k.call("mvTempTriggerNotification", centre, EventType.UPDATEDOWNLOADED.code(), i);
            k.pass(10);
        }
        assertThat(k.guest.pended).hasSize(9);
        assertThat(k.word(KernelFixture.RING + 12))
                .as("the ninth, in the first place")
                .isEqualTo(8);
        assertThat(k.eventAt(7)).isEqualTo(EventType.UPDATEDOWNLOADED.code());
    }

    @Test
    void hazard08TheNetworkIsFoundConnectedWhileTimersTick() {
        CoreFixture core = new CoreFixture("[network]\nconnected_at_start = false");
        int network = core.words(0);
        core.call("mvRequestNetwork", core.words(1, core.centre(), 1), network);
        core.store(TIM6 + 0x28, 159); // PSC: 1 MHz
        core.store(TIM6 + 0x2C, 999); // ARR: 1 ms
        core.store(TIM6 + 0x0C, 1); // DIER: update interrupt
        core.store(TIM6, 1); // CR1: count
        int status = core.words(-1);
        for (int polls = 0; polls < 20_000 && core.word(status) != 1; polls++) {
            assertThat(core.call("mvGetNetworkStatus", core.word(network), status))
                    .isEqualTo(Status.OKAY);
            core.await(1);
        }
        assertThat(core.word(status)).isEqualTo(NetworkStatus.CONNECTED.code());
        assertThat(core.word(TIM6 + 0x24)).as("CNT moves").isNotNegative();
        assertThat(core.word(TIM6 + 0x10) & 1).as("SR: it has ticked").isOne();
    }

    @Test
    void hazard09TheVariableIsZeroedWithChannelClosedToo() {
        int variable = k.variable(k.channel(ChannelType.HTTP));
        k.networkDown();
        assertThat(k.call("mvCloseChannel", variable)).isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.word(variable)).isZero();
    }

    @Test
    void hazard10TheWakeReasonIsOneByte() {
        CoreFixture core = new CoreFixture("[device]\nwake_reason = \"APPLICATIONCRASH\"");
        int variable = core.words(0xA5A5_A5A5);
        assertThat(core.call("mvGetWakeReason", variable)).isEqualTo(Status.OKAY);
        assertThat(core.word(variable)).isEqualTo(0xA5A5_A500 | WakeReason.APPLICATIONCRASH.code());
    }

    @Test
    void hazard11TheHttpAnswerComesBeforeTheFirmwareGivesUp() {
        sendHttpRequest();
        k.pass(10_000);
        assertThat(channelEvents()).containsExactly(readable());
    }

    @Test
    void hazard12LoggingBeforeTheInitAndHandleZeroAreRefused() {
        assertThat(k.call("mvServerLog", k.text("early"), 5)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvGetNetworkStatus", 0, k.variable(0))).isNotEqualTo(Status.OKAY);
    }

    @Test
    void hazard13AFloodOfMessagesIsInvalidBufferSizeAndRecovers() {
        assertThat(k.call("mvServerLoggingInit", KernelFixture.LOG, 512)).isEqualTo(Status.OKAY);
        int text = k.text("x".repeat(100));
        Status status = Status.OKAY;
        for (int i = 0; i < 10 && status == Status.OKAY; i++) {
            status = k.call("mvServerLog", text, 100);
        }
        assertThat(status).isEqualTo(Status.INVALIDBUFFERSIZE);
        k.pass(5000);
        assertThat(k.call("mvServerLog", text, 100)).isEqualTo(Status.OKAY);
    }

    @Test
    void hazard14SubscriptionsAreGrantedForEachTopicAndPublishesAreAnswered() {
        MqttFirmware firmware = new MqttFirmware(k, MqttVersion.V5);
        firmware.connect(firmware.connectRequest("broker.example", 8883, "device"));
        assertThat(firmware.await()).isEqualTo(MqttReadable.CONNECTRESPONSE);
        firmware.connectResponse();
        firmware.subscribe(1, 0, "a", "b", "c");
        assertThat(firmware.await()).isEqualTo(MqttReadable.SUBSCRIBERESPONSE);
        assertThat(firmware.subscribeResponse().codes()).isEqualTo(Collections.nCopies(3, 0));
        firmware.publish(firmware.publishRequest(2, "z", "x", 0));
        assertThat(firmware.await()).isEqualTo(MqttReadable.PUBLISHRESPONSE);
        assertThat(firmware.publishResponse().get("reason_code")).isZero();
    }

    @Test
    void hazard15ABodyMayBeShorterThanWhatIsAskedFor() {
        int channel = sendHttpRequest();
        k.pass(1000);
        int body = k.room(1500);
        assertThat(k.call("mvReadHttpResponseBody", channel, 0, body, 1500)).isEqualTo(Status.OKAY);
        assertThat(k.textAt(body, 5)).isEqualTo("short");
        assertThat(k.guest.read(body + 5, 1)[0]).as("the rest is left").isEqualTo((byte) 0xA5);
    }
}
