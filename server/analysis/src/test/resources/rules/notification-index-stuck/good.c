#include <stdbool.h>
#include "mv_syscalls.h"

static volatile struct MvNotification ring[8], system_ring[4];
static volatile uint32_t at, system_at;
static volatile bool readable, update;
static MvNotificationHandle centre, system_centre;
static MvChannelHandle channel;
static MvSystemEventHandle events;

enum MvStatus setup(void) {
    struct MvNotificationSetup setup = {
        .irq = 51, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    struct MvNotificationSetup other = {
        .irq = 41, .buffer = (struct MvNotification *)system_ring, .buffer_size = sizeof(system_ring)};
    enum MvStatus status = mvSetupNotifications(&setup, &centre);
    return status ? status : mvSetupNotifications(&other, &system_centre);
}

enum MvStatus open(struct MvOpenChannelParams *params) {
    params->v1.notification_handle = centre;
    struct MvOpenSystemNotificationParams for_updates = {
        .notification_handle = system_centre,
        .notification_source = MV_SYSTEMNOTIFICATIONSOURCE_UPDATE};
    enum MvStatus status = mvOpenSystemNotification(&for_updates, &events);
    return status ? status : mvOpenChannel(params, &channel);
}

void TIM8_BRK_IRQHandler(void) {
    volatile struct MvNotification *record = &ring[at];
    if (record->event_type == MV_EVENTTYPE_NOEVENT) {
        return;
    }
    if (record->event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
        readable = true;
    }
    record->event_type = MV_EVENTTYPE_NOEVENT;
    at = (at + 1) % 8;
}

void TIM1_BRK_IRQHandler(void) {
    if (system_ring[system_at].event_type == MV_EVENTTYPE_UPDATEDOWNLOADED) {
        update = true;
        system_at = (system_at + 1) % 4;
    }
}
