#include "mv_syscalls.h"
#include <stdbool.h>

#define RECORDS 8

struct link {
    struct MvNotification ring[RECORDS];
    volatile uint32_t next;
    volatile bool readable;
    volatile bool lost;
    MvNotificationHandle centre;
    MvChannelHandle channel;
};

static volatile struct link cloud;

static void note(volatile struct link *l, const volatile struct MvNotification *record) {
    if (record->event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
        l->readable = true;
    } else if (record->event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
        l->lost = true;
    }
}

static void drain(volatile struct link *l) {
    while (l->ring[l->next].event_type != MV_EVENTTYPE_NOEVENT) {
        volatile struct MvNotification *record = &l->ring[l->next];
        note(l, record);
        record->event_type = MV_EVENTTYPE_NOEVENT;
        l->next = (l->next + 1) % RECORDS;
    }
}

void TIM2_IRQHandler(void) {
    drain(&cloud);
}

static bool start(volatile struct link *l) {
    struct MvNotificationSetup setup = {
        .irq = 45,
        .buffer = (struct MvNotification *)l->ring,
        .buffer_size = sizeof l->ring,
    };
    return mvSetupNotifications(&setup, (MvNotificationHandle *)&l->centre) == MV_STATUS_OKAY;
}

static bool open_channel(volatile struct link *l, struct MvOpenChannelParams *params) {
    params->version = 1;
    params->v1.notification_handle = l->centre;
    return mvOpenChannel(params, (MvChannelHandle *)&l->channel) == MV_STATUS_OKAY;
}

bool run(struct MvOpenChannelParams *params) {
    return start(&cloud) && open_channel(&cloud, params);
}
