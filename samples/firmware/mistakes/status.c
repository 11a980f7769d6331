/* Statuses that nobody looks at. */  /* microvisor: allow(buffer-size) */  // expect: unused-suppression, suppression-without-reason
#include "log.h"
#include "mistakes.h"

static void log_a_time_that_is_none(void) {
    uint64_t now_us = 0;
    /* Before the device has been online there is no time, and only the status says so. */
    mvGetWallTime(&now_us);  // expect: unchecked-status
    log_line("unchecked-status: it is %u s after 1970", (unsigned)(now_us / 1000000u));
}

static void lose_a_centre(void) {
    static struct MvNotification ring[2];
    const struct MvNotificationSetup setup = {
        .irq = 0xFFFF,  // expect: value-out-of-range
        .buffer = ring,
        .buffer_size = sizeof ring,
    };
    MvNotificationHandle centre = 0;
    mvSetupNotifications(&setup, &centre);  // expect: unchecked-status
    log_line("unchecked-status: the centre's handle is %s", centre == 0 ? "0" : "good");
}

void mistakes_with_statuses(void) {
    log_a_time_that_is_none();
    lose_a_centre();
}
/* NOLINTEND(microvisor-unchecked-status) */  // expect: unmatched-suppression
