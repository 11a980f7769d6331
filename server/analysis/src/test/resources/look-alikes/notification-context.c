// silent: channel-closure-unhandled, event-type-unchecked, notification-buffer-not-volatile, notification-clear-on-copy, notification-index-stuck, notification-not-cleared, notification-ring-not-walked, notification-single-drain
#include "mv_syscalls.h"
#include <stdbool.h>

#define RECORDS 8

struct link {
    volatile struct MvNotification ring[RECORDS];
    volatile uint32_t next;
    volatile bool readable;
    volatile bool lost;
    MvNotificationHandle centre;
    MvChannelHandle channel;
};

static struct link cloud;

static void note(struct link *l, const volatile struct MvNotification *record) {
    if (record->event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
        l->readable = true;
    } else if (record->event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
        l->lost = true;
    }
}

static void drain(struct link *l) {
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

static bool start(struct link *l) {
    struct MvNotificationSetup setup = {
        .irq = 45,
        .buffer = (struct MvNotification *)l->ring,
        .buffer_size = sizeof l->ring,
    };
    return mvSetupNotifications(&setup, &l->centre) == MV_STATUS_OKAY;
}

static bool open_channel(struct link *l, struct MvOpenChannelParams *params) {
    params->version = 1;
    params->v1.notification_handle = l->centre;
    return mvOpenChannel(params, &l->channel) == MV_STATUS_OKAY;
}

bool run(struct MvOpenChannelParams *params) {
    return start(&cloud) && open_channel(&cloud, params);
}
