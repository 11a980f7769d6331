package dev.microvisor.emulator.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.guest.Timed;
import dev.microvisor.emulator.kernel.FakeGuest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideTest {
    private static final long POLL = FakeGuest.CLOCK_HZ / 1000;

    private final FakeGuest guest = new FakeGuest();
    private final List<String> heard = new ArrayList<>();

    @TempDir Path folder;

    private Outside put(Outside outside) {
        outside.attach(guest);
        outside.receive("mqtt", content -> heard.add(guest.now + " " + content));
        return outside;
    }

    private void runTo(Outside outside, long instruction) {
        while (outside.nextEvent() <= instruction) {
            guest.now = Math.max(guest.now, outside.nextEvent());
            outside.runEvents(guest.now);
        }
        guest.now = instruction;
    }

    @Test
    void aClosedWorldNeverInterrupts() {
        Outside outside = put(Outside.live(false));
        assertThat(outside.nextEvent()).isEqualTo(Timed.NEVER);
        assertThat(outside.isOpen()).isFalse();
        assertThat(outside.passIdleTime(1_000_000_000)).isEqualTo(1_000_000_000);
    }

    @Test
    void anArrivalIsStampedAndComesAgainThereAfterGoingBack() {
        Outside outside = put(Outside.live(false));
        outside.open("mqtt");
        Integer start = outside.save();
        outside.offer("mqtt", "\"a\"");
        runTo(outside, 5 * POLL);
        assertThat(heard).containsExactly(POLL + " \"a\"");
        outside.restore(start);
        guest.now = 0;
        assertThat(outside.isLive()).isFalse();
        outside.offer("mqtt", "\"b\"");
        runTo(outside, 5 * POLL);
        assertThat(heard).containsExactly(POLL + " \"a\"", POLL + " \"a\"");
        assertThat(outside.isLive()).isTrue();
        runTo(outside, 7 * POLL);
        assertThat(heard).last().isEqualTo((5 * POLL + 1) + " \"b\"");
    }

    @Test
    void anAnswerIsAskedForOnce() {
        Outside outside = put(Outside.live(false));
        guest.now = 77;
        assertThat(outside.ask("http", "GET x", () -> "1")).contains("1");
        outside.restore(0);
        assertThat(
                        outside.ask(
                                "http",
                                "GET x",
                                () -> {
                                    throw new AssertionError("asked twice");
                                }))
                .contains("1");
    }

    @Test
    void aRecordingGivesTheSameWithoutTheWorld() throws Exception {
        Path file = folder.resolve("run.jsonl");
        Outside first = put(Outside.live(false));
        first.recordTo(file, "firmware", FakeGuest.CLOCK_HZ, false);
        first.open("mqtt");
        first.offer("mqtt", "\"a\"");
        runTo(first, 2 * POLL);
        first.ask("http", "GET x", () -> "{\"n\":1}");
        runTo(first, 3 * POLL);
        List<String> before = List.copyOf(heard);
        heard.clear();
        guest.now = 0;
        Outside again = put(Outside.replaying(Recording.read(file), false));
        again.open("mqtt");
        assertThat(again.isOpen()).isFalse();
        runTo(again, 2 * POLL);
        assertThat(again.ask("http", "GET x", () -> "2")).contains("{\"n\":1}");
        runTo(again, 3 * POLL);
        assertThat(heard).isEqualTo(before).hasSize(1);
        assertThat(guest.stop).isNull();
    }

    @Test
    void aRunThatDiffersFromItsRecordingEnds() {
        Recording recording =
                new Recording(
                        "",
                        FakeGuest.CLOCK_HZ,
                        false,
                        List.of(new Input(10, Input.Kind.ANSWER, "http", "GET x", "1")));
        Outside outside = put(Outside.replaying(recording, false));
        guest.now = 11;
        assertThat(outside.ask("http", "GET x", () -> "2")).isEmpty();
        assertThat(guest.stop).isInstanceOf(StopReason.Event.class);
        assertThat(guest.stop.text())
                .contains("asks for \"GET x\" at instruction 11")
                .contains("has at instruction 10 http GET x");
    }

    @Test
    void aRecordingThatIsAtItsEndEndsTheRun() {
        Outside outside =
                put(
                        Outside.replaying(
                                new Recording("", FakeGuest.CLOCK_HZ, false, List.of()), false));
        assertThat(outside.ask("http", "GET x", () -> "2")).isEmpty();
        assertThat(guest.stop.text()).contains("the recording is at its end");
    }

    @Test
    void aChangeByHandForgetsWhatCameLater() throws Exception {
        Path file = folder.resolve("run.jsonl");
        Outside outside = put(Outside.live(false));
        outside.recordTo(file, "firmware", FakeGuest.CLOCK_HZ, false);
        outside.ask("http", "one", () -> "1");
        guest.now = 100;
        outside.ask("http", "two", () -> "2");
        outside.restore(1);
        guest.now = 50;
        outside.forgetFuture();
        assertThat(outside.isLive()).isTrue();
        assertThat(Recording.read(file).inputs()).hasSize(1);
        guest.now = 100;
        assertThat(outside.ask("http", "two", () -> "3")).contains("3");
        assertThat(Recording.read(file).inputs()).extracting(Input::content).contains("3");
    }

    @Test
    void idleTimePassesInRealTimeWhileASourceIsOpenAndEndsWhenItSpeaks() {
        Outside outside = put(Outside.live(false));
        outside.open("mqtt");
        long reached = outside.passIdleTime(Long.MAX_VALUE);
        assertThat(reached).isGreaterThan(0).isLessThanOrEqualTo(FakeGuest.CLOCK_HZ / 200);
        outside.offer("mqtt", "\"a\"");
        long woken = outside.passIdleTime(Long.MAX_VALUE);
        guest.now = woken;
        outside.runEvents(woken);
        assertThat(heard).containsExactly(woken + " \"a\"");
    }

    @Test
    void busyFirmwareGoesNoFasterThanRealTimeWhileASourceIsOpen() {
        Outside outside = put(Outside.live(false));
        guest.now = 100L * FakeGuest.CLOCK_HZ;
        outside.open("mqtt");
        long start = System.nanoTime();
        runTo(outside, guest.now + 20 * POLL);
        assertThat(System.nanoTime() - start).isBetween(15_000_000L, 10_000_000_000L);
        outside.close("mqtt");
        guest.now += 100L * FakeGuest.CLOCK_HZ;
        outside.open("mqtt");
        start = System.nanoTime();
        runTo(outside, guest.now + 2 * POLL);
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }

    @Test
    void realTimeIsKeptAlwaysWhenAskedFor() {
        Outside outside = put(Outside.live(true));
        long start = System.nanoTime();
        runTo(outside, 20 * POLL);
        assertThat(System.nanoTime() - start).isGreaterThan(15_000_000);
    }
}
