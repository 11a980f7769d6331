#include <stdbool.h>

#include "mv_syscalls.h"

/* Each record is looked up in a table of sources; the index moves on whether one wants it or not. */
static struct {
    uint32_t tag;
    volatile bool readable;
    volatile bool broken;
} sources[2] = {{.tag = 0x50}, {.tag = 0x54}};

static volatile struct MvNotification ring[8] __attribute__((aligned(8)));
static volatile unsigned next;
static MvNotificationHandle centre;
static uint8_t rx[1024] __attribute__((aligned(512)));
static uint8_t tx[512] __attribute__((aligned(512)));

bool open_centre(void) {
    const struct MvNotificationSetup setup = {
        .irq = 54, /* TIM8_CC */
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof ring,
    };
    return mvSetupNotifications(&setup, &centre) == MV_STATUS_OKAY;
}

MvChannelHandle open_source(MvNetworkHandle network, uint32_t which) {
    MvChannelHandle channel = 0;
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .notification_tag = sources[which].tag,
            .network_handle = network,
            .receive_buffer = rx,
            .receive_buffer_len = sizeof rx,
            .send_buffer = tx,
            .send_buffer_len = sizeof tx,
            .channel_type = MV_CHANNELTYPE_HTTP,
        },
    };
    return mvOpenChannel(&params, &channel) == MV_STATUS_OKAY ? channel : 0;
}

bool take(uint32_t which) {
    bool came = sources[which].readable || sources[which].broken;
    sources[which].readable = sources[which].broken = false;
    return came;
}

void TIM8_CC_IRQHandler(void) {
    for (;;) {
        volatile struct MvNotification *record = ring + next;
        if (record->event_type == MV_EVENTTYPE_NOEVENT) {
            break;
        }
        for (int i = 0; i < 2; i++) {
            if (sources[i].tag != record->tag) {
                continue;
            }
            if (record->event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
                sources[i].readable = true;
            }
            if (record->event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
                sources[i].broken = true;
            }
        }
        record->event_type = MV_EVENTTYPE_NOEVENT;
        next = (next + 1) % 8;
    }
}
