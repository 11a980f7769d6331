#include <stdbool.h>
#include "mv_syscalls.h"

static volatile struct MvNotification ring[8];
static volatile uint32_t at;
static volatile bool readable, closed;
static MvNotificationHandle centre;
static MvChannelHandle channel;

enum MvStatus setup(void) {
    struct MvNotificationSetup setup = {
        .irq = 51, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    return mvSetupNotifications(&setup, &centre);
}

enum MvStatus open(struct MvOpenChannelParams *params) {
    params->v1.notification_handle = centre;
    return mvOpenChannel(params, &channel);
}

void TIM8_BRK_IRQHandler(void) {
    bool known = false;
    volatile struct MvNotification *record = &ring[at];
    if (record->event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
        readable = true;
        known = true;
    }
    if (record->event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
        closed = true;
        known = true;
    }
    if (known) {
        at = (at + 1) % 8; // expect: notification-index-stuck
        record->event_type = MV_EVENTTYPE_NOEVENT;
    }
}
