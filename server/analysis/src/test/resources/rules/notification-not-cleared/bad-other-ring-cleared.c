#include <stdbool.h>
#include "mv_syscalls.h"

#define RECORDS 8

static volatile struct MvNotification other_ring[RECORDS] __attribute__((aligned(8)));
static volatile uint32_t other_next;
static MvNotificationHandle other_centre;
volatile bool changed;

static volatile struct MvNotification ring[RECORDS] __attribute__((aligned(8)));
static volatile uint32_t next;
static uint8_t receive_buffer[1024] __attribute__((aligned(512)));
static uint8_t send_buffer[512] __attribute__((aligned(512)));
static MvNotificationHandle centre;
static MvChannelHandle channel;
volatile bool readable;
volatile bool lost;

enum MvStatus start(void) {
    const struct MvNotificationSetup setup = {
        .irq = 51,
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof ring,
    };
    return mvSetupNotifications(&setup, &centre);
}

enum MvStatus open_channel(MvNetworkHandle network) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .network_handle = network,
            .receive_buffer = receive_buffer,
            .receive_buffer_len = sizeof receive_buffer,
            .send_buffer = send_buffer,
            .send_buffer_len = sizeof send_buffer,
            .channel_type = MV_CHANNELTYPE_HTTP,
        },
    };
    return mvOpenChannel(&params, &channel);
}

enum MvStatus close_channel(void) {
    return mvCloseChannel(&channel);
}

void TIM8_BRK_IRQHandler(void) {
    if (ring[next].event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) { // expect: notification-not-cleared
        readable = true;
    } else if (ring[next].event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
        lost = true;
    }
    next = (next + 1) % RECORDS;
}

enum MvStatus start_other(void) {
    const struct MvNotificationSetup setup = {
        .irq = 52,
        .buffer = (struct MvNotification *)other_ring,
        .buffer_size = sizeof other_ring,
    };
    return mvSetupNotifications(&setup, &other_centre);
}

enum MvStatus request_network(MvNetworkHandle *network) {
    const struct MvRequestNetworkParams params = {
        .version = 1,
        .v1 = {.notification_handle = other_centre, .notification_tag = 1},
    };
    return mvRequestNetwork(&params, network);
}

/* A ring that is cleared, through a pointer, does not excuse the one that is not. */
void TIM8_UP_IRQHandler(void) {
    volatile struct MvNotification *record = &other_ring[other_next];
    while (record->event_type != MV_EVENTTYPE_NOEVENT) {
        changed = true;
        record->event_type = MV_EVENTTYPE_NOEVENT;
        other_next = (other_next + 1) % RECORDS;
        record = &other_ring[other_next];
    }
}
