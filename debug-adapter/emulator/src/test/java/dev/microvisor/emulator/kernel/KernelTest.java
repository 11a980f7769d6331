package dev.microvisor.emulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.KernelView;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class KernelTest {
    @Test
    void everyCallOfTheCatalogHasAHandler() {
        assertThat(CallTable.handled())
                .containsExactlyInAnyOrderElementsOf(
                        Catalog.bundled().calls().stream().map(SystemCall::name).toList());
        assertThat(CallTable.handled()).hasSize(72);
    }

    @Test
    void aHandlerLivesInThePackageOfItsPage() {
        CallTable table = new CallTable(Catalog.bundled());
        for (SystemCall call : Catalog.bundled().calls()) {
            String expected =
                    call.group() == Group.TEST
                            ? "testmode"
                            : call.group().name().toLowerCase(Locale.ROOT).replace("_", "");
            Class<?> handler =
                    table.at(call.slot()).orElseThrow().handler().orElseThrow().getClass();
            assertThat(handler.getPackageName())
                    .as(call.name())
                    .isEqualTo("dev.microvisor.emulator.kernel." + expected);
        }
    }

    @Test
    void noCallTouchesMemoryThatIsNotTheApplications() {
        // The fake guest fails the test when the kernel reads or writes outside.
        for (int garbage : new int[] {0, 4, -1, 0x7FFF_FFFF, FakeGuest.NOWHERE, 0x2000_0001}) {
            for (SystemCall call : Catalog.bundled().calls()) {
                KernelFixture k = KernelFixture.plain();
                k.call(call.name(), garbage, garbage, garbage, garbage);
                k.pass(10);
                k.view();
            }
        }
    }

    @Test
    void aSlotWithoutFunctionIsASecureFault() {
        for (int slot : new int[] {20, 71, 74, -1}) {
            KernelFixture k = KernelFixture.plain();
            k.kernel.call(slot, 0, 0, 0, 0);
            assertThat(k.guest.stop).isInstanceOf(StopReason.Fault.class);
            assertThat(k.guest.stop.text()).contains("slot " + slot);
        }
    }

    @Test
    void theSameSeedGivesTheSameHandlesAndAnotherSeedGivesOthers() {
        int first = KernelFixture.plain().centre();
        assertThat(KernelFixture.plain().centre()).isEqualTo(first);
        KernelFixture other = new KernelFixture(Cloud.defaults().withSeed(2));
        assertThat(other.centre()).isNotEqualTo(first);
    }

    @Test
    void whatWasSavedComesBackExactly() {
        KernelFixture k =
                KernelFixture.with(
                        "[[http]]\nurl = \"*\"\nbody = \"hello\"\n[[fault]]\ncall ="
                                + " \"mvOpenChannel\"\nnth = 2\nstatus = \"UNAVAILABLE\"");
        int channel = k.channel(ChannelType.HTTP);
        Struct request =
                k.struct("MvHttpRequest")
                        .set("method", "GET")
                        .set("url", "https://x/")
                        .set("timeout_ms", 9000);
        k.call("mvSendHttpRequest", channel, request.at);
        Object saved = k.kernel.save();
        KernelView before = k.view();
        byte[] memory = k.guest.read(FakeGuest.RAM, FakeGuest.RAM_SIZE);
        long now = k.guest.now;

        for (int round = 0; round < 2; round++) {
            k.pass(1000);
            assertThat(k.view().channel(channel).orElseThrow().http().orElseThrow().result())
                    .isEqualTo("MV_HTTPRESULT_OK");
            k.call("mvOpenChannel", 0, 0);
            k.close(channel);
            k.guest.write(FakeGuest.RAM, memory);
            k.guest.now = now;
            k.guest.protections.clear();
            k.guest.protections.add(FakeGuest.range(KernelFixture.SEND, 512));
            k.kernel.restore(saved);
            assertThat(k.view()).isEqualTo(before);
        }
    }

    @Test
    void aCrashTakesEverythingBackAndEndsTheRun() {
        KernelFixture k = KernelFixture.plain();
        k.channel(ChannelType.HTTP);
        StopReason.Fault fault = new StopReason.Fault("HardFault", 0, 0, 0, 0, "test");
        k.kernel.applicationCrashed(fault);
        assertThat(k.guest.stop).isSameAs(fault);
        assertThat(k.guest.protections).isEmpty();
        assertThat(k.view().centres()).isEmpty();
        assertThat(k.view().network().handles()).isEmpty();
    }

    @Test
    void aCrashCanRestartTheApplication() {
        KernelFixture k = KernelFixture.with("[device]\nrestart_after_crash_ms = 500");
        k.centre();
        k.kernel.applicationCrashed(new StopReason.Fault("HardFault", 0, 0, 0, 0, "test"));
        assertThat(k.guest.stop).isNull();
        assertThat(k.guest.halted).isTrue();
        k.pass(501);
        assertThat(k.guest.restarts).isEqualTo(1);
        assertThat(k.told).containsExactly("restarted: MV_WAKEREASON_APPLICATIONCRASH");
        assertThat(k.centre()).isNotZero();
    }

    @Test
    void eachCrashDoublesThePauseUpToItsBoundUntilARestartForAnotherReason() {
        KernelFixture k =
                KernelFixture.with(
                        "[device]\nrestart_after_crash_ms = 500\nrestart_after_crash_max_ms = 1200");
        assertThat(pauseAfterCrash(k)).isEqualTo(500);
        assertThat(pauseAfterCrash(k)).isEqualTo(1000);
        assertThat(pauseAfterCrash(k)).isEqualTo(1200);
        assertThat(pauseAfterCrash(k)).isEqualTo(1200);
        k.kernel.applicationReset(ResetCause.SOFTWARE);
        assertThat(pauseAfterCrash(k)).isEqualTo(500);
    }

    /** Milliseconds until the application runs again. */
    private static int pauseAfterCrash(KernelFixture k) {
        int before = k.guest.restarts;
        k.kernel.applicationCrashed(new StopReason.Fault("HardFault", 0, 0, 0, 0, "test"));
        int ms = 0;
        while (k.guest.restarts == before && ms < 5000) {
            k.pass(1);
            ms++;
        }
        return ms;
    }

    @Test
    void aResetByTheApplicationTakesItsThingsBack() {
        KernelFixture k = KernelFixture.plain();
        k.channel(ChannelType.HTTP);
        k.kernel.applicationReset(ResetCause.SOFTWARE);
        assertThat(k.view().centres()).isEmpty();
        assertThat(k.told).hasSize(1);
    }

    @Test
    void aScriptedStatusTakesThePlaceOfTheCall() {
        KernelFixture k =
                KernelFixture.with(
                        """
                        [[fault]]
                        call = "mvGetHClk"
                        nth = 2
                        times = 2
                        status = "INTERNALERROR"
                        """);
        int out = k.variable(7);
        assertThat(k.call("mvGetHClk", out)).isEqualTo(Status.OKAY);
        k.guest.writeWord(out, 7);
        assertThat(k.call("mvGetHClk", out)).isEqualTo(Status.INTERNALERROR);
        assertThat(k.word(out)).isEqualTo(7);
        assertThat(k.call("mvGetHClk", out)).isEqualTo(Status.INTERNALERROR);
        assertThat(k.call("mvGetHClk", out)).isEqualTo(Status.OKAY);
        assertThat(k.trace.get(1)).endsWith("-> MV_STATUS_INTERNALERROR (injected)");
    }

    @Test
    void aFaultForEveryCallNeverEnds() {
        KernelFixture k =
                KernelFixture.with(
                        "[[fault]]\ncall = \"mvNoOp\"\nevery = true\nstatus = \"UNAVAILABLE\"");
        for (int i = 0; i < 50; i++) {
            assertThat(k.call("mvNoOp")).isEqualTo(Status.UNAVAILABLE);
        }
    }

    @Test
    void aBurstFillsEveryRingAtOnce() {
        KernelFixture k =
                KernelFixture.with(
                        "[[fault]]\nat_ms = 5\nnotifications = 20\nevent ="
                                + " \"CHANNELDATAREADABLE\"\ntag = 3");
        int centre = k.centre();
        k.pass(5);
        assertThat(k.view().centre(centre).orElseThrow().posted()).isEqualTo(20);
        assertThat(k.view().centre(centre).orElseThrow().writeIndex()).isEqualTo(4);
    }

    @Test
    void theLastCallsAreKeptOldestFirstAlsoWhenNobodyListens() {
        KernelFixture k = KernelFixture.plain();
        k.kernel.setListener(KernelListener.NONE);
        for (int i = 0; i < 500; i++) {
            k.call("mvNoOp");
        }
        k.call("mvGetHClk", k.variable(0));
        List<String> names = k.view().recentCalls().stream().map(c -> c.name()).toList();
        assertThat(names).hasSize(Kernel.KEPT_CALLS).endsWith("mvNoOp", "mvGetHClk");
        assertThat(k.view().recentCalls().get(0).number()).isEqualTo(402);
    }

    @Test
    void callsThatNobodyWillAskForAreCountedOnly() {
        KernelFixture k = KernelFixture.plain();
        assertThat(k.kernel.keptCalls()).isEqualTo(Kernel.KEPT_CALLS);
        k.call("mvNoOp");
        k.kernel.keepNoCalls();
        k.call("mvGetHClk", k.variable(0));
        assertThat(k.kernel.keptCalls()).isZero();
        assertThat(k.view().recentCalls()).isEmpty();
    }
}
