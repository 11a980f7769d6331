#include "mv_syscalls.h"

static uint8_t ring[64]; // expect: notification-buffer-alignment

enum MvStatus set_up(MvNotificationHandle *centre) {
    const struct MvNotificationSetup setup = {
        .irq = 45, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    return mvSetupNotifications(&setup, centre);
}
