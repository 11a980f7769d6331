#include "mv_syscalls.h"

static volatile struct MvNotification ring[4];
static uint8_t bytes[64] __attribute__((aligned(8)));

enum MvStatus set_up(MvNotificationHandle *centre) {
    const struct MvNotificationSetup setup = {
        .irq = 45, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    return mvSetupNotifications(&setup, centre);
}

enum MvStatus set_up_bytes(MvNotificationHandle *centre) {
    const struct MvNotificationSetup setup = {
        .irq = 51, .buffer = (struct MvNotification *)bytes, .buffer_size = sizeof(bytes)};
    return mvSetupNotifications(&setup, centre);
}
