package dev.microvisor.emulator.kernel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ClosureReason;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChannelCallsTest {
    private KernelFixture k = KernelFixture.plain();

    /** Opens with one thing changed. */
    private Status open(ChannelType type, Consumer<Struct> change) {
        int centre = k.centre();
        Struct params = k.channelParams(centre, k.network(centre), type);
        change.accept(params);
        return k.call("mvOpenChannel", params.at, k.variable(0));
    }

    private ClosureReason reason(int channel) {
        int out = k.variable(-1);
        assertThat(k.call("mvGetChannelClosureReason", channel, out)).isEqualTo(Status.OKAY);
        return ClosureReason.values()[k.word(out)];
    }

    @Test
    void whileOpenTheSendBufferIsProtectedAndCloseZeroesIt() {
        int channel = k.channel(ChannelType.HTTP);
        assertThat(k.guest.protections).containsExactly(FakeGuest.range(KernelFixture.SEND, 512));
        k.guest.writeWord(KernelFixture.SEND + 100, 5);
        int variable = k.variable(channel);
        assertThat(k.call("mvCloseChannel", variable)).isEqualTo(Status.OKAY);
        assertThat(k.word(variable)).isZero();
        assertThat(k.guest.protections).isEmpty();
        assertThat(k.guest.read(KernelFixture.SEND, 512)).containsOnly(0);
        assertThat(k.view().channel(channel).orElseThrow().closureReason())
                .isEqualTo("MV_CLOSUREREASON_CLOSEDBYAPPLICATION");
    }

    /** Hazard 3: an application's own close is no break. */
    @Test
    void closingPostsNothing() {
        k.close(k.channel(ChannelType.HTTP));
        k.pass(5000);
        assertThat(k.guest.pended).isEmpty();
    }

    @Test
    void openRefusesBadPointers() {
        int centre = k.centre();
        Struct params = k.channelParams(centre, k.network(centre), ChannelType.HTTP);
        assertThat(k.call("mvOpenChannel", 0, k.variable(0))).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvOpenChannel", params.at, 0)).isEqualTo(Status.PARAMETERFAULT);
        params.set("v1.send_buffer", FakeGuest.FLASH);
        assertThat(k.call("mvOpenChannel", params.at, k.variable(0)))
                .isEqualTo(Status.PARAMETERFAULT);
        params.set("v1.send_buffer", KernelFixture.SEND).set("v1.receive_buffer", 0);
        assertThat(k.call("mvOpenChannel", params.at, k.variable(0)))
                .isEqualTo(Status.PARAMETERFAULT);
        params.set("v1.receive_buffer", KernelFixture.RECEIVE).breakString("v1.endpoint");
        assertThat(k.call("mvOpenChannel", params.at, k.variable(0)))
                .isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void openRefusesAnotherVersion() {
        assertThat(open(ChannelType.HTTP, p -> p.set("version", 2)))
                .isEqualTo(Status.UNSUPPORTEDSTRUCTUREVERSION);
    }

    @Test
    void openRefusesAWrongCentre() {
        assertThat(open(ChannelType.HTTP, p -> p.set("v1.notification_handle", 0)))
                .isEqualTo(Status.INVALIDHANDLE);
    }

    @Test
    void openRefusesAWrongNetwork() {
        assertThat(open(ChannelType.HTTP, p -> p.set("v1.network_handle", 1)))
                .isEqualTo(Status.INVALIDHANDLE);
    }

    @Test
    void openRefusesAMisalignedSendBuffer() {
        assertThat(open(ChannelType.MQTT, p -> p.set("v1.send_buffer", KernelFixture.SEND + 256)))
                .isEqualTo(Status.INVALIDBUFFERALIGNMENT);
    }

    @Test
    void onlyHttpNeedsAnAlignedReceiveBuffer() {
        assertThat(
                        open(
                                ChannelType.HTTP,
                                p -> p.set("v1.receive_buffer", KernelFixture.RECEIVE + 4)))
                .isEqualTo(Status.INVALIDBUFFERALIGNMENT);
        k = KernelFixture.plain();
        assertThat(
                        open(
                                ChannelType.CONFIGFETCH,
                                p ->
                                        p.set("v1.receive_buffer", KernelFixture.RECEIVE + 4)
                                                .set("v1.receive_buffer_len", 100)))
                .isEqualTo(Status.OKAY);
    }

    @Test
    void openRefusesSizesThatAreNoMultiplesOf512() {
        assertThat(open(ChannelType.HTTP, p -> p.set("v1.send_buffer_len", 500)))
                .isEqualTo(Status.INVALIDBUFFERSIZE);
        k = KernelFixture.plain();
        assertThat(open(ChannelType.HTTP, p -> p.set("v1.send_buffer_len", 0)))
                .isEqualTo(Status.INVALIDBUFFERSIZE);
        k = KernelFixture.plain();
        assertThat(open(ChannelType.HTTP, p -> p.set("v1.receive_buffer_len", 1500)))
                .isEqualTo(Status.INVALIDBUFFERSIZE);
    }

    @Test
    void openRefusesAnUnknownType() {
        assertThat(open(ChannelType.HTTP, p -> p.set("v1.channel_type", 9)))
                .isEqualTo(Status.UNKNOWNCHANNELTYPE);
    }

    @Test
    void openRefusesAnEndpoint() {
        assertThat(open(ChannelType.HTTP, p -> p.set("v1.endpoint", "somewhere")))
                .isEqualTo(Status.UNKNOWNCHANNELENDPOINT);
    }

    @Test
    void openNeedsTheNetwork() {
        k = KernelFixture.with("[network]\nconnected_at_start = false");
        assertThat(open(ChannelType.HTTP, p -> {})).isEqualTo(Status.NETWORKNOTCONNECTED);
    }

    @Test
    void theNinthOpenWithinASecondIsRateLimited() {
        int centre = k.centre();
        Struct params = k.channelParams(centre, k.network(centre), ChannelType.HTTP);
        for (int i = 0; i < 8; i++) {
            k.close(k.channel(params));
        }
        assertThat(k.call("mvOpenChannel", params.at, k.variable(0))).isEqualTo(Status.RATELIMITED);
        k.pass(1000);
        assertThat(k.call("mvOpenChannel", params.at, k.variable(0))).isEqualTo(Status.OKAY);
    }

    @Test
    void buffersOfAnOpenChannelAreNotForAnother() {
        int centre = k.centre();
        Struct params = k.channelParams(centre, k.network(centre), ChannelType.HTTP);
        k.channel(params);
        assertThat(k.call("mvOpenChannel", params.at, k.variable(0))).isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void thereAreNoMoreThanFourChannels() {
        int centre = k.centre();
        int network = k.network(centre);
        for (int i = 0; i < 5; i++) {
            Struct params =
                    k.channelParams(centre, network, ChannelType.HTTP)
                            .set("v1.send_buffer", KernelFixture.SEND + 512 * i)
                            .set("v1.receive_buffer", KernelFixture.RECEIVE + 1024 * i);
            assertThat(k.call("mvOpenChannel", params.at, k.variable(0)))
                    .isEqualTo(i < 4 ? Status.OKAY : Status.TOOMANYCHANNELS);
        }
    }

    @Test
    void releasingTheNetworkBreaksItsChannels() {
        int centre = k.centre();
        int network = k.network(centre);
        int channel = k.channel(k.channelParams(centre, network, ChannelType.HTTP));
        assertThat(reason(channel)).isEqualTo(ClosureReason.NONE);
        k.call("mvReleaseNetwork", k.variable(network));
        assertThat(reason(channel)).isEqualTo(ClosureReason.NETWORKDISCONNECTED);
        k.pass(10);
        assertThat(k.told).containsExactly("MV_EVENTTYPE_CHANNELNOTCONNECTED irq 51 tag 119");
    }

    /** Hazard 9: the variable is zeroed with CHANNELCLOSED too. */
    @Test
    void closingABrokenChannelAnswersChannelClosedAndZeroesTheVariable() {
        k =
                KernelFixture.with(
                        """
                        [[fault]]
                        at_ms = 100
                        end_channels = "CHANNELRESETBYSERVER"
                        channel_type = "HTTP"
                        """);
        int channel = k.channel(ChannelType.HTTP);
        k.pass(200);
        assertThat(reason(channel)).isEqualTo(ClosureReason.CHANNELRESETBYSERVER);
        int variable = k.variable(channel);
        assertThat(k.call("mvCloseChannel", variable)).isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.word(variable)).isZero();
        assertThat(k.guest.protections).isEmpty();
    }

    @Test
    void closeAndReasonRefuse() {
        int channel = k.channel(ChannelType.HTTP);
        assertThat(k.call("mvCloseChannel", FakeGuest.FLASH)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvCloseChannel", k.variable(5))).isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.call("mvGetChannelClosureReason", channel, 0))
                .isEqualTo(Status.PARAMETERFAULT);
        k.close(channel);
        assertThat(k.close(channel)).isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.call("mvGetChannelClosureReason", channel, k.variable(0)))
                .isEqualTo(Status.INVALIDHANDLE);
    }

    @Test
    void bytesThatAreWrittenComeBackFromAnEcho() {
        k = KernelFixture.with("[bytes]\necho = true");
        int channel = k.channel(ChannelType.OPAQUEBYTES);
        int available = k.variable(-1);
        assertThat(k.call("mvWriteChannel", channel, k.text("hello"), 5, available))
                .isEqualTo(Status.OKAY);
        assertThat(k.word(available)).isEqualTo(507);
        assertThat(k.textAt(KernelFixture.SEND, 5)).isEqualTo("hello");
        k.pass(100);
        assertThat(k.told)
                .containsExactly(
                        "MV_EVENTTYPE_CHANNELDATAWRITESPACE irq 51 tag 119",
                        "MV_EVENTTYPE_CHANNELDATAREADABLE irq 51 tag 119");
        int pointer = k.variable(0);
        int length = k.variable(0);
        assertThat(k.call("mvReadChannel", channel, pointer, length)).isEqualTo(Status.OKAY);
        assertThat(k.textAt(k.word(pointer), k.word(length))).isEqualTo("hello");
        assertThat(k.call("mvReadChannelComplete", channel, 2)).isEqualTo(Status.OKAY);
        k.call("mvReadChannel", channel, pointer, length);
        assertThat(k.textAt(k.word(pointer), k.word(length))).isEqualTo("llo");
        k.pass(10);
        assertThat(k.told).hasSize(3);
    }

    @Test
    void aWriteThatDoesNotFitWritesNothingAndAStreamWritesWhatFits() {
        int channel = k.channel(ChannelType.OPAQUEBYTES);
        int count = k.variable(-1);
        int data = FakeGuest.RAM + 0x1000;
        assertThat(k.call("mvWriteChannel", channel, data, 513, count))
                .isEqualTo(Status.INVALIDBUFFERSIZE);
        assertThat(k.word(count)).isEqualTo(512);
        assertThat(k.call("mvWriteChannelStream", channel, data, 600, count))
                .isEqualTo(Status.OKAY);
        assertThat(k.word(count)).isEqualTo(512);
        assertThat(k.call("mvWriteChannelStream", channel, data, 1, count)).isEqualTo(Status.OKAY);
        assertThat(k.word(count)).isZero();
        k.pass(100);
        assertThat(k.call("mvWriteChannel", channel, 0, 0, count)).isEqualTo(Status.OKAY);
        assertThat(k.word(count)).isEqualTo(512);
        assertThat(k.guest.warnings).hasSize(1);
    }

    @Test
    void byteCallsRefuse() {
        int channel = k.channel(ChannelType.OPAQUEBYTES);
        int data = FakeGuest.RAM + 0x1000;
        int out = k.variable(0);
        for (String write : new String[] {"mvWriteChannel", "mvWriteChannelStream"}) {
            assertThat(k.call(write, channel, 0, 5, out)).isEqualTo(Status.PARAMETERFAULT);
            assertThat(k.call(write, 1, data, 5, out)).isEqualTo(Status.INVALIDHANDLE);
            assertThat(k.call(write, channel, data, 5, 0)).isEqualTo(Status.LATEFAULT);
        }
        assertThat(k.call("mvReadChannel", channel, 0, out)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvReadChannel", channel, out, 0)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvReadChannel", 1, out, out)).isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.call("mvReadChannelComplete", 1, 1)).isEqualTo(Status.INVALIDHANDLE);
    }

    @Test
    void byteCallsOnABrokenChannelAnswerChannelClosed() {
        k = KernelFixture.with("[[fault]]\nat_ms = 100\nend_channels = \"CHANNELCLOSEDBYSERVER\"");
        int channel = k.channel(ChannelType.OPAQUEBYTES);
        k.pass(200);
        int data = FakeGuest.RAM + 0x1000;
        int out = k.variable(0);
        assertThat(k.call("mvWriteChannel", channel, data, 5, out)).isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.call("mvWriteChannelStream", channel, data, 5, out))
                .isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.call("mvReadChannel", channel, out, out)).isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.call("mvReadChannelComplete", channel, 1)).isEqualTo(Status.CHANNELCLOSED);
    }
}
