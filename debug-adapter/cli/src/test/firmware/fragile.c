/*
 * fragile: works as long as every call answers OKAY, and shows each thing that can become of
 * firmware that trusts that. For the test of run --explore-faults.
 */
#include "clock.h"
#include "interrupts.h"
#include "log.h"
#include "mv_syscalls.h"

#define RECORDS 8u

static struct MvNotification ring[RECORDS] __attribute__((aligned(8)));
static MvNotificationHandle centre;
static MvNotificationHandle second;

/* Waits for ever for a centre that it takes for granted. */
static void hangs(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM8_BRK_IRQn,
        .buffer = ring,
        .buffer_size = sizeof ring,
    };
    while (mvSetupNotifications(&setup, &centre) != MV_STATUS_OKAY) {
        for (;;) {
            wait_for_interrupt();
        }
    }
}

/* Goes on with an address that it has not got. */
static void crashes(void) {
    uint32_t clock = 0;
    (void)mvGetPClk1(&clock);
    volatile uint32_t *word = clock == 0 ? (volatile uint32_t *)0xFFFFFFF0u : &clock;
    *word = 1;
}

static uint32_t deeper(uint32_t depth) {
    volatile uint32_t frame[64] = {depth};
    return depth == 0 ? frame[0] : deeper(depth - 1u) + frame[0];
}

/* Recurses as deep as a number says that it did not get. */
static void overflows(void) {
    uint32_t clock = 1u << 16;
    if (mvGetPClk2(&clock) == MV_STATUS_OKAY) {
        clock = 2;
    }
    log_line("depth %u", (unsigned)deeper(clock));
}

/* Forgets its centre when it cannot tell the time. */
static void leaks(void) {
    static struct MvNotification other[RECORDS] __attribute__((aligned(8)));
    const struct MvNotificationSetup setup = {
        .irq = TIM1_BRK_IRQn,
        .buffer = other,
        .buffer_size = sizeof other,
    };
    if (mvSetupNotifications(&setup, &second) != MV_STATUS_OKAY) {
        return;
    }
    uint64_t now = 0;
    if (mvGetMicroseconds(&now) != MV_STATUS_OKAY) {
        return;
    }
    (void)mvCloseNotifications(&second);
}

/* Asks again without a pause and without an end. */
static void spins(void) {
    uint32_t clock = 0;
    (void)mvGetSysClk(&clock);
    while (clock == 0) {
    }
}

int main(void) {
    (void)log_start();
    hangs();
    crashes();
    overflows();
    leaks();
    spins();
    (void)mvCloseNotifications(&centre);
    log_line("done");
    for (;;) {
        wait_for_interrupt();
    }
}
