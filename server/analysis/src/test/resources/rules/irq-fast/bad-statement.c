#include <stdbool.h>
#include "mv_syscalls.h"

#define RECORDS 8

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

static void note(enum MvEventType type) {
    if (type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
        readable = true;
    } else if (type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
        lost = true;
    }
}

void TIM8_BRK_IRQHandler(void) {
    while (ring[next].event_type != MV_EVENTTYPE_NOEVENT) {
        note(ring[next].event_type);
        ring[next].event_type = MV_EVENTTYPE_NOEVENT;
        next = (next + 1) % RECORDS;
    }
}

void fast(void) {
    (void)mvSetFastInterrupt(51); // expect: irq-fast
    if (readable) (void)mvEnableFastInterrupt(51);
}
