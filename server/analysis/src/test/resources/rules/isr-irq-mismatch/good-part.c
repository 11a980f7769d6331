#include "mv_syscalls.h"

// Without main this is a part of a program; the handler is in another one.
static volatile struct MvNotification ring[8];

enum MvStatus setup(MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {
        .irq = 51, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    return mvSetupNotifications(&setup, out);
}
