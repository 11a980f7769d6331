package dev.microvisor.emulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.view.KernelListener;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallInjectionsTest {
    private final KernelFixture k = KernelFixture.plain();

    private void inject(String call, Status status, int first, int times) {
        k.kernel.inject(List.of(new CallInjection(call, site -> true, status, first, times)));
    }

    @Test
    void onlyTheChosenCallIsAnsweredAndMicrovisorDoesNothing() {
        inject("mvGetHClk", Status.PARAMETERFAULT, 2, 1);
        int out = k.variable(7);
        assertThat(k.call("mvGetHClk", out)).isEqualTo(Status.OKAY);
        k.guest.writeWord(out, 7);
        assertThat(k.call("mvGetHClk", out)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.word(out)).isEqualTo(7);
        assertThat(k.call("mvGetHClk", out)).isEqualTo(Status.OKAY);
        assertThat(k.told)
                .containsExactly(
                        "fault: MV_STATUS_PARAMETERFAULT in place of the answer of mvGetHClk");
        assertThat(k.kernel.injectionCounts()).containsExactly(3);
    }

    @Test
    void everyAnswersAllCallsFromTheFirstOn() {
        inject("mvNoOp", Status.UNAVAILABLE, 2, CallInjection.EVERY);
        assertThat(k.call("mvNoOp")).isEqualTo(Status.OKAY);
        assertThat(k.call("mvNoOp")).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvNoOp")).isEqualTo(Status.UNAVAILABLE);
    }

    /**
     * A loop that waits with its eye on the clock is jumped over unless one of its calls counts.
     */
    @Test
    void onlyWhatWaitsForTheTimeCallKeepsItFromBeingSkipped() {
        int out = k.variable(0);
        k.kernel.setListener(KernelListener.NONE);
        int slot = Catalog.bundled().call("mvGetMicroseconds").orElseThrow().slot();
        inject("mvNoOp", Status.UNAVAILABLE, 1, CallInjection.EVERY);
        assertThat(k.kernel.onlyTellsTime(slot, out)).isTrue();
        inject("mvGetMicroseconds", Status.PARAMETERFAULT, 2, 1);
        assertThat(k.kernel.onlyTellsTime(slot, out)).isFalse();
        k.call("mvGetMicroseconds", out);
        assertThat(k.kernel.onlyTellsTime(slot, out)).isFalse();
        k.call("mvGetMicroseconds", out);
        assertThat(k.kernel.onlyTellsTime(slot, out)).as("it was answered").isTrue();
        inject("mvGetMicroseconds", Status.PARAMETERFAULT, 2, CallInjection.EVERY);
        k.call("mvGetMicroseconds", out);
        k.call("mvGetMicroseconds", out);
        assertThat(k.kernel.onlyTellsTime(slot, out)).isFalse();
    }

    @Test
    void callsFromOtherPlacesAreMicrovisors() {
        k.kernel.inject(
                List.of(new CallInjection("mvNoOp", site -> false, Status.UNAVAILABLE, 1, 1)));
        assertThat(k.call("mvNoOp")).isEqualTo(Status.OKAY);
        assertThat(k.kernel.injectionCounts()).containsExactly(0);
    }

    /** CHANNELCLOSED of mvCloseChannel closes and zeroes; firmware asserts the zero. */
    @Test
    void aStatusThatEndsTheHandleEndsIt() {
        int channel = k.channel(ChannelType.HTTP);
        int variable = k.variable(channel);
        inject("mvCloseChannel", Status.CHANNELCLOSED, 1, 1);
        assertThat(k.call("mvCloseChannel", variable)).isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.word(variable)).isZero();
        assertThat(k.guest.protections).isEmpty();
    }

    @Test
    void aStatusThatDoesNotEndTheHandleLeavesIt() {
        int channel = k.channel(ChannelType.HTTP);
        int variable = k.variable(channel);
        inject("mvCloseChannel", Status.INVALIDHANDLE, 1, 1);
        assertThat(k.call("mvCloseChannel", variable)).isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.word(variable)).isEqualTo(channel);
    }

    @Test
    void aSnapshotKeepsTheCountAndNotTheInjections() {
        inject("mvNoOp", Status.UNAVAILABLE, 2, 1);
        k.call("mvNoOp");
        Object saved = k.kernel.save();
        assertThat(k.call("mvNoOp")).isEqualTo(Status.UNAVAILABLE);
        k.kernel.restore(saved);
        assertThat(k.call("mvNoOp")).isEqualTo(Status.UNAVAILABLE);
        k.kernel.inject(List.of());
        k.kernel.restore(saved);
        assertThat(k.kernel.injectionCounts()).isEmpty();
        assertThat(k.call("mvNoOp")).isEqualTo(Status.OKAY);
    }
}
