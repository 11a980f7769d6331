#include <stdbool.h>
#include <string.h>
#include "mv_syscalls.h"

/* Empty records hold 0xFF: no kind of event, so they do not move the index on. */
static volatile struct MvNotification ring[16] __attribute__((aligned(8)));
static volatile uint32_t at;
static volatile bool readable, closed;
static MvNotificationHandle centre;
static MvChannelHandle channel;

enum MvStatus setup(void) {
    memset((void *)ring, 0xFF, sizeof ring);
    struct MvNotificationSetup setup = {
        .irq = 51, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof ring};
    return mvSetupNotifications(&setup, &centre);
}

enum MvStatus open(struct MvOpenChannelParams *params) {
    params->v1.notification_handle = centre;
    return mvOpenChannel(params, &channel);
}

void TIM8_BRK_IRQHandler(void) {
    volatile struct MvNotification *record = &ring[at];
    while (record->event_type != MV_EVENTTYPE_NOEVENT
           && record->event_type != (enum MvEventType)0xFFFFFFFF) {
        if (record->event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            readable = true;
        } else if (record->event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
            closed = true;
        }
        record->event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1) % 16;
        record = &ring[at];
    }
}
