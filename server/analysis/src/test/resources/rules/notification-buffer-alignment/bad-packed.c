#include "mv_syscalls.h"

/* Packed: a record begins wherever the member before it ends. */
static struct __attribute__((packed)) {
    uint8_t flags;
    struct MvNotification ring[8]; // expect: notification-buffer-alignment
} shared;
static MvNotificationHandle centre;

enum MvStatus start(void) {
    struct MvNotificationSetup setup = {.irq = 51, .buffer = shared.ring, .buffer_size = sizeof(shared.ring)};
    return mvSetupNotifications(&setup, &centre);
}
