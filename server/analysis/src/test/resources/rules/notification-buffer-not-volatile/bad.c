#include "mv_syscalls.h"

static struct MvNotification ring[8] __attribute__((aligned(8))); // expect: notification-buffer-not-volatile
static volatile uint32_t at;
static uint32_t seen;

enum MvStatus setup(MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {.irq = 45, .buffer = ring, .buffer_size = sizeof(ring)};
    return mvSetupNotifications(&setup, out);
}

void TIM2_IRQHandler(void) {
    seen += ring[at].event_type;
    at = (at + 1) % 8;
}
