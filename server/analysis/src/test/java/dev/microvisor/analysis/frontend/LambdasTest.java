package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.Lints;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a lambda does is read, and what it captured is no longer known. */
class LambdasTest {
    private static final Path FILE = Path.of("/app/main.cpp");

    @Test
    void theBodyIsRead() {
        assertThat(rules("run([] { mvSystemLedEnable(1); });")).containsExactly("unchecked-status");
        assertThat(rules("run([] { (void)mvSystemLedEnable(1); });")).isEmpty();
    }

    @Test
    void anInnerOneIsReadToo() {
        assertThat(rules("run([] { run([] { mvSystemLedEnable(1); }); });"))
                .containsExactly("unchecked-status");
    }

    @Test
    void aTaskThatReturnsMayBeALambda() {
        assertThat(rules("osThreadNew([](void *) { volatile int x = 1; (void)x; }, 0, 0);"))
                .containsExactly("task-function-returns");
        assertThat(rules("osThreadNew([](void *) { for (;;) { } }, 0, 0);")).isEmpty();
    }

    @Test
    void whatItCapturedMayHaveBeenTested() {
        String call = "uint32_t hz; enum MvStatus s = mvGetHClk(&hz); %s return hz > 1 ? 1 : 0;";
        assertThat(rules(call.formatted("run([] { }); (void)s;"))).contains("uninit-out-param");
        assertThat(rules(call.formatted("check([&] { return s == MV_STATUS_OKAY; });"))).isEmpty();
    }

    @Test
    void itsReturnIsNotThatOfTheFunctionAround() {
        assertThat(
                        rules(
                                "enum MvStatus s = mvSystemLedEnable(1); auto f = [] { return 2; };"
                                        + " return s == MV_STATUS_OKAY ? f() : 0;"))
                .isEmpty();
    }

    private static List<String> rules(String body) {
        String text =
                """
                #include "mv_syscalls.h"
                template <class F> void run(F f);
                template <class F> bool check(F f);
                extern "C" void *osThreadNew(void (*)(void *), void *, const void *);
                int example() {
                %s
                return 0;
                }
                """
                        .formatted(body);
        return Lints.of(FILE, text, LintRequest.Depth.FULL).findings().stream()
                .map(Finding::rule)
                .toList();
    }
}
