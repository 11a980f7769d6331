#include "mv_syscalls.h"

static volatile struct MvNotification ring[8], quiet[8];
static volatile uint32_t at;
static uint32_t seen;

enum MvStatus setup(MvNotificationHandle *out, MvNotificationHandle *other) {
    struct MvNotificationSetup setup = {
        .irq = 45, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    struct MvNotificationSetup silent = {
        .irq = 51, .buffer = (struct MvNotification *)quiet, .buffer_size = sizeof(quiet)};
    enum MvStatus status = mvSetupNotifications(&setup, out);
    return status ? status : mvSetupNotifications(&silent, other);
}

void TIM2_IRQHandler(void) {
    while (ring[at].event_type != MV_EVENTTYPE_NOEVENT) {
        seen += ring[at].event_type;
        ring[at].event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1) % 8;
    }
}

void TIM8_BRK_IRQHandler(void) {
}
