/*
 * stalling: does two things for ever; one of them ends for good at the first error. For the test
 * of run --explore-faults.
 */
#include "clock.h"
#include "interrupts.h"
#include "log.h"
#include "mv_syscalls.h"

static bool measures = true;

/* Gives up at the first error and never tries again. */
static void measure(void) {
    uint64_t now = 0;
    if (measures && mvGetMicroseconds(&now) != MV_STATUS_OKAY) {
        measures = false;
    }
}

/* Tries again the next time. */
static void report(void) {
    uint32_t clock = 0;
    (void)mvGetHClk(&clock);
}

int main(void) {
    (void)log_start();
    (void)clock_start();
    for (;;) {
        measure();
        report();
        clock_pause(100);
    }
}
