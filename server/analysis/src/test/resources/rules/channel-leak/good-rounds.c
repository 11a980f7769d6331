/* Every way back to opening closes first. */
#include <stdbool.h>
#include <stdint.h>

#include "mv_syscalls.h"

extern MvNetworkHandle network;
extern MvNotificationHandle centre;
volatile uint32_t ticks;

static bool due(void) {
    return ticks % 1000 == 0;
}

enum phase { IDLE, WAITING, PAUSE };

static uint8_t receive[1024] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));
static enum phase phase = IDLE;
static MvChannelHandle channel;
volatile bool readable;
volatile bool lost;

static volatile struct MvNotification ring[8] __attribute__((aligned(8)));

void TIM8_BRK_IRQHandler(void) {
    static uint32_t at = 0;
    while (ring[at].event_type != MV_EVENTTYPE_NOEVENT) {
        if (ring[at].event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            readable = true;
        } else if (ring[at].event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
            lost = true;
        }
        ring[at].event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1) % 8;
    }
}

static void enter(enum phase next) {
    phase = next;
}

static bool open_channel(void) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .network_handle = network,
            .receive_buffer = receive,
            .receive_buffer_len = sizeof receive,
            .send_buffer = send,
            .send_buffer_len = sizeof send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        }};
    return mvOpenChannel(&params, &channel) == MV_STATUS_OKAY; 
}

static void close_channel(void) {
    if (channel != 0 && mvCloseChannel(&channel) != MV_STATUS_OKAY) {
        channel = 0;
    }
}

static bool request(void) {
    struct MvHttpRequest what = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)"https://example.com", 19},
        .timeout_ms = 10000,
    };
    readable = false;
    lost = false;
    return mvSendHttpRequest(channel, &what) == MV_STATUS_OKAY;
}

static void step(void) {
    struct MvHttpResponseData data;
    switch (phase) {
        case IDLE:
            if (!open_channel()) {
                enter(PAUSE);
            } else if (!request()) {
                close_channel();
                enter(PAUSE);
            } else {
                enter(WAITING);
            }
            break;
        case WAITING:
            if (readable) {
                if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) {
                    close_channel();
                    enter(PAUSE);
                    break;
                }
                close_channel();
                enter(IDLE);
            } else if (lost) {
                close_channel();
                enter(PAUSE);
            }
            break;
        case PAUSE:
            if (due()) {
                enter(IDLE);
            }
            break;
    }
}

int main(void) {
    for (;;) {
        step();
    }
}
