#include <stdbool.h>
#include "mv_syscalls.h"

static uint8_t log_buffer[1024] __attribute__((aligned(512)));
static struct MvNotification network_ring[8] __attribute__((aligned(8)));
static struct MvNotification channel_ring[8] __attribute__((aligned(8)));
static MvNotificationHandle network_centre = 0;
static MvNotificationHandle channel_centre = 0;
static bool started = false;

/* Does nothing the second time. */
static void start_logging(void) {
    if (started) {
        return;
    }
    started = mvServerLoggingInit(log_buffer, sizeof log_buffer) == MV_STATUS_OKAY;
}

void log_line(void) {
    start_logging();
}

void start(void) {
    start_logging();
    log_line();
    start_logging();
}

/* Another try, because the first one failed. */
bool insist(void) {
    enum MvStatus status = mvServerLoggingInit(log_buffer, sizeof log_buffer);
    if (status != MV_STATUS_OKAY) {
        status = mvServerLoggingInit(log_buffer, 512);
    }
    return status == MV_STATUS_OKAY;
}

/* One or the other. */
bool choose(bool large) {
    if (large) {
        return mvServerLoggingInit(log_buffer, sizeof log_buffer) == MV_STATUS_OKAY;
    }
    return mvServerLoggingInit(log_buffer, 512) == MV_STATUS_OKAY;
}

/* Two rings. */
bool set_up(void) {
    const struct MvNotificationSetup network = {.irq = 45, .buffer = network_ring, .buffer_size = sizeof network_ring};
    const struct MvNotificationSetup channel = {.irq = 51, .buffer = channel_ring, .buffer_size = sizeof channel_ring};
    return mvSetupNotifications(&network, &network_centre) == MV_STATUS_OKAY
           && mvSetupNotifications(&channel, &channel_centre) == MV_STATUS_OKAY;
}

/* What never returns makes no call for certain. */
static void say(const char *text) {
    if (mvServerLog((const uint8_t *)text, 4) == MV_STATUS_UNAVAILABLE) {
        (void)mvServerLoggingInit(log_buffer, sizeof log_buffer);
    }
}

static void halt(void) {
    say("halt");
    for (;;) {
    }
}

void run(bool broken) {
    (void)mvServerLoggingInit(log_buffer, sizeof log_buffer);
    if (broken) {
        halt();
    }
    for (;;) {
    }
}
