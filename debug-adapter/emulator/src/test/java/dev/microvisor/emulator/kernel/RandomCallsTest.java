package dev.microvisor.emulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.view.KernelListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Calls with any arguments (pointers into RAM, flash, devices and nowhere, structures full of such,
 * lengths up to 4 GiB, handles of all kinds) answer a status that the catalog lists for them, or
 * end the run with a reason: never in an exception of ours. More: {@code -Drandom.calls=20000},
 * others: {@code -Drandom.from=1000000}.
 */
class RandomCallsTest {
    private static final int RUNS = Integer.getInteger("random.calls", 60);
    private static final int FIRST = Integer.getInteger("random.from", 0);
    private static final int CALLS_IN_A_RUN = 120;
    private static final int STRUCTURES = 0x2000_A000;
    private static final int STRUCTURE_WORDS = 256;
    private static final int MOST_MS = 800;

    private static final int[] NUMBERS = {
        0,
        1,
        2,
        3,
        4,
        7,
        8,
        16,
        32,
        34,
        40,
        41,
        51,
        64,
        100,
        128,
        255,
        512,
        1000,
        1024,
        4096,
        5000,
        8192,
        10_000,
        0xFFFF,
        0x1_0000,
        0x10_0000,
        0x7FFF_FFFF,
        0x8000_0000,
        -4,
        -1
    };

    private static final int[] POINTERS = {
        0x0800_0000,
        0x080F_FFFC,
        0x0810_0000,
        0x0C1F_E000,
        0x2000_0000,
        0x2003_FFFE,
        0x2007_FFF0,
        0x2007_FFFF,
        0x2008_0000,
        0x200B_FFFC,
        0x2800_0000,
        0x2800_3FFF,
        0x3000_0000,
        0x4000_1000,
        0x4602_0C20,
        0x5000_0000,
        0xE000_E100,
        0xFFFF_FFF0,
        CoreFixture.RING,
        CoreFixture.RECEIVE,
        CoreFixture.SEND
    };

    private static final String CLOUD =
            """
            [device]
            restart_after_crash_ms = 5
            [power]
            wake_after_ms = 10
            [[config]]
            scope = "device"
            store = "config"
            key = "prefs"
            value = "some value"
            [[http]]
            url = "*"
            body = "an answer"
            [bytes]
            echo = true
            """;

    private final List<SystemCall> calls = Catalog.bundled().calls();
    private final Set<String> ends = new HashSet<>();
    private final Set<Status> answers = new HashSet<>();

    @Test
    void everyCallAnswersWhatTheCatalogListsOrEndsTheRun() {
        for (int seed = FIRST; seed < FIRST + RUNS; seed++) {
            run(new Random(seed), seed);
        }
        assertThat(answers).as("statuses answered").hasSizeGreaterThan(10);
        assertThat(ends).as("ends of runs").isNotEmpty();
    }

    private void run(Random random, int seed) {
        CoreFixture fixture = new CoreFixture(CLOUD);
        if (seed % 2 == 0) {
            fixture.kernel.setListener(new Listening());
        }
        List<Integer> handles = new ArrayList<>();
        int channel = fixture.channel(random.nextInt(4));
        handles.add(channel);
        for (int i = 0; i < CALLS_IN_A_RUN; i++) {
            fill(fixture, random, handles);
            SystemCall call = calls.get(random.nextInt(calls.size()));
            int[] r = new int[4];
            for (int k = 0; k < r.length; k++) {
                r[k] = argument(random, handles);
            }
            if (random.nextInt(3) == 0) {
                r[0] = channel;
            }
            String what = "seed " + seed + ", number " + i + ", " + call.name();
            StopReason end = fixture.callWith(call, r[0], r[1], r[2], r[3]);
            if (!(end instanceof StopReason.Breakpoint)) {
                ends.add(end.text());
                return;
            }
            check(call, fixture.machine.registers().get(0), what);
            for (int word = 0; word < STRUCTURE_WORDS; word += 16) {
                handles.add(fixture.word(STRUCTURES + 4 * word));
            }
            if (random.nextInt(8) == 0) {
                fixture.await(random.nextInt(MOST_MS));
            }
        }
    }

    private void check(SystemCall call, int code, String what) {
        Status status = ApiConstant.fromCode(Status.class, code).orElseThrow();
        answers.add(status);
        if (status != Status.OKAY) {
            assertThat(call.statuses().stream().map(listed -> listed.status()))
                    .as(what)
                    .contains(status.constantName());
        }
    }

    /** Structures in which anything may point to anything; some words stay as calls left them. */
    private static void fill(CoreFixture fixture, Random random, List<Integer> handles) {
        for (int word = 0; word < STRUCTURE_WORDS; word++) {
            if (random.nextInt(4) != 0) {
                fixture.machine.writeWord(STRUCTURES + 4 * word, argument(random, handles));
            }
        }
    }

    private static int argument(Random random, List<Integer> handles) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 2 -> POINTERS[random.nextInt(POINTERS.length)];
            case 3 -> handles.get(random.nextInt(handles.size()));
            case 4 -> random.nextInt();
            case 5 -> random.nextInt(64);
            default ->
                    STRUCTURES
                            + 4 * random.nextInt(STRUCTURE_WORDS)
                            + (random.nextInt(10) == 0 ? random.nextInt(4) : 0);
        };
    }

    /** Wants everything told, which is decoded for it. */
    private static final class Listening implements KernelListener {
        @Override
        public boolean wantsCalls() {
            return true;
        }
    }
}
