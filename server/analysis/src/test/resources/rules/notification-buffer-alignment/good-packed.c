#include "mv_syscalls.h"

/* The attribute of a member is kept in a packed structure. */
static struct __attribute__((packed)) {
    uint8_t flags;
    struct MvNotification ring[8] __attribute__((aligned(8)));
} shared;
static MvNotificationHandle centre;

enum MvStatus start(void) {
    struct MvNotificationSetup setup = {.irq = 51, .buffer = shared.ring, .buffer_size = sizeof(shared.ring)};
    return mvSetupNotifications(&setup, &centre);
}
