#include "mv_syscalls.h"

static volatile struct MvNotification ring[8];
static volatile uint32_t at;
static uint32_t seen;

enum MvStatus setup(MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {
        .irq = 45, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    return mvSetupNotifications(&setup, out);
}

void TIM2_IRQHandler(void) {
    struct MvNotification record = ring[at]; // expect: notification-single-drain
    seen += record.event_type;
    at = (at + 1) % 8;
}
