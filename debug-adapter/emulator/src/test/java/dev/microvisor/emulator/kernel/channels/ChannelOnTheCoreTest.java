package dev.microvisor.emulator.kernel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.CoreFixture;
import org.junit.jupiter.api.Test;

/** Buffers of a channel as instructions of the firmware see them. */
class ChannelOnTheCoreTest {
    private static final int TYPE = ChannelType.HTTP.code();

    @Test
    void aStoreIntoTheSendBufferOfAnOpenChannelCrashesTheApplication() {
        CoreFixture core = new CoreFixture("");
        core.channel(TYPE);
        StopReason.Fault fault = (StopReason.Fault) core.store(CoreFixture.SEND + 508, 1);
        assertThat(fault.detail()).contains("0x200081fc").contains("send buffer");
    }

    @Test
    void aStoreBesideItOrBeforeItIsOpenDoesNot() {
        CoreFixture core = new CoreFixture("");
        assertThat(core.store(CoreFixture.SEND, 1)).isInstanceOf(StopReason.Breakpoint.class);
        core.channel(TYPE);
        assertThat(core.store(CoreFixture.SEND + 512, 1)).isInstanceOf(StopReason.Breakpoint.class);
        assertThat(core.store(CoreFixture.SEND - 4, 1)).isInstanceOf(StopReason.Breakpoint.class);
    }

    @Test
    void closingZeroesTheSendBufferAndGivesItBack() {
        CoreFixture core = new CoreFixture("");
        int channel = core.channel(ChannelType.OPAQUEBYTES.code());
        int free = core.words(0);
        int data = core.words(0x1234_5678);
        assertThat(core.call("mvWriteChannel", channel, data, 4, free)).isEqualTo(Status.OKAY);
        assertThat(core.word(CoreFixture.SEND)).as("the ring is its memory").isEqualTo(0x1234_5678);
        assertThat(core.call("mvCloseChannel", core.words(channel))).isEqualTo(Status.OKAY);
        assertThat(core.word(CoreFixture.SEND)).isZero();
        assertThat(core.store(CoreFixture.SEND, 7)).isInstanceOf(StopReason.Breakpoint.class);
        assertThat(core.word(CoreFixture.SEND)).isEqualTo(7);
    }

    @Test
    void theRingGoesRound() {
        CoreFixture core = new CoreFixture("[bytes]\necho = true");
        int channel = core.channel(ChannelType.OPAQUEBYTES.code());
        int free = core.words(0);
        for (int i = 0; i < 3; i++) {
            assertThat(core.call("mvWriteChannel", channel, CoreFixture.RING, 200, free))
                    .isEqualTo(Status.OKAY);
            core.await(100);
            assertThat(core.call("mvReadChannelComplete", channel, 200)).isEqualTo(Status.OKAY);
        }
        int last = core.words(0x0BAD_CAFE);
        assertThat(core.call("mvWriteChannel", channel, last, 4, free)).isEqualTo(Status.OKAY);
        assertThat(core.word(free)).as("all of it is free again but these four").isEqualTo(508);
        assertThat(core.word(CoreFixture.SEND + 600 - 512)).isEqualTo(0x0BAD_CAFE);
        core.await(100);
        assertThat(core.word(CoreFixture.RECEIVE + 600)).isEqualTo(0x0BAD_CAFE);
        assertThat(core.word(CoreFixture.COUNT)).as("interrupts were taken").isPositive();
    }

    /**
     * The application starts again a second later, with its reason, and its buffers are its own.
     */
    @Test
    void theCrashedApplicationIsRestarted() {
        CoreFixture core = new CoreFixture("[device]\nrestart_after_crash_ms = 1000");
        core.channel(TYPE);
        core.store(CoreFixture.SEND, 1);
        long crashed = core.machine.now();
        assertThat(core.goOn(999)).isInstanceOf(StopReason.LimitReached.class);
        assertThat(core.kernel.view().channels()).noneMatch(c -> c.state().equals("OPEN"));
        core.goOn(10);
        assertThat(core.machine.now()).isGreaterThan(crashed);
        int reason = core.words(0);
        assertThat(core.call("mvGetWakeReason", reason)).isEqualTo(Status.OKAY);
        assertThat(core.word(reason)).isEqualTo(WakeReason.APPLICATIONCRASH.code());
        assertThat(core.store(CoreFixture.SEND, 1)).isInstanceOf(StopReason.Breakpoint.class);
    }
}
