package dev.microvisor.debug.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.debug.explore.ExplorationReport.BaselineEntry;
import dev.microvisor.debug.explore.ExplorationReport.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person sees of a report. */
class ExplorationTableTest {
    private static final Site SITE =
            new Site("mvServerLoggingInit", 0x0800_1234, "/src/logging.c", 59, "post_log", 100);

    private static Result result(int index, String status, Outcome outcome, String lastLog) {
        return new Result(
                index,
                SITE,
                1,
                "MV_STATUS_" + status,
                outcome,
                "loops for ever in exit.c:9 in abort",
                lastLog,
                1_000,
                0.001,
                "00",
                "microvisor run demo.elf --inject …");
    }

    private static ExplorationReport report(Result... results) {
        return new ExplorationReport(
                ExplorationReport.VERSION,
                "demo.elf",
                "",
                Shard.WHOLE,
                new BaselineEntry("limit", 1_000, 0.001, 1),
                results.length,
                false,
                List.of(results));
    }

    @Test
    void statusesWithTheSameOutcomeAreOneRowWithItsLastLogLine() {
        List<String> lines =
                ExplorationTable.of(
                        report(
                                result(0, "PARAMETERFAULT", Outcome.GIVES_UP, "cannot log"),
                                result(1, "INVALIDBUFFERSIZE", Outcome.GIVES_UP, "cannot log"),
                                result(2, "INVALIDHANDLE", Outcome.SURVIVED, "all well")));
        assertThat(lines)
                .containsExactly(
                        "OUTCOME   CALL SITE              CALL = STATUS",
                        "gives-up  logging.c:59 post_log  mvServerLoggingInit = PARAMETERFAULT,"
                                + " INVALIDBUFFERSIZE",
                        "    loops for ever in exit.c:9 in abort",
                        "    last line of its log: cannot log",
                        "    microvisor run demo.elf --inject …",
                        "3 injections at 1 call sites: 2 gives-up, 1 survived");
    }

    @Test
    void aLongLineIsCutAndNoneIsLeftOut() {
        assertThat(ExplorationTable.of(report(result(0, "OKAY", Outcome.HANG, "x".repeat(500)))))
                .contains("    last line of its log: " + "x".repeat(160) + "...");
        assertThat(ExplorationTable.of(report(result(0, "OKAY", Outcome.HANG, ""))))
                .noneMatch(line -> line.contains("last line"));
    }

    @Test
    void firmwareThatStandsInAFailedAssertionHasGivenUp() {
        assertThat(Judge.hangOr(List.of("_exit", "abort", "__assert_func", "main")))
                .isEqualTo(Outcome.GIVES_UP);
        assertThat(Judge.hangOr(List.of("wait_for_interrupt", "main"))).isEqualTo(Outcome.HANG);
    }
}
