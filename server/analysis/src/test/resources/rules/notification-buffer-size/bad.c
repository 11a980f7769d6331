#include "mv_syscalls.h"

static struct MvNotification one[1] __attribute__((aligned(8))); // expect: notification-buffer-size
static volatile struct MvNotification ring[8] __attribute__((aligned(8)));

enum MvStatus too_small(MvNotificationHandle *out) {
    const struct MvNotificationSetup setup = {.irq = 45, .buffer = one, .buffer_size = sizeof(one)};
    return mvSetupNotifications(&setup, out);
}

enum MvStatus counts_records(MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {.irq = 45, .buffer = (struct MvNotification *)ring};
    setup.buffer_size = 8; // expect: notification-buffer-size
    return mvSetupNotifications(&setup, out);
}

enum MvStatus too_long(MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {
        .irq = 45,
        .buffer = (struct MvNotification *)ring,
        .buffer_size = 16 * sizeof(ring[0])}; // expect: notification-buffer-size
    return mvSetupNotifications(&setup, out);
}
