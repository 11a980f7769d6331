/* A refused request leaves the channel open: nobody waits for it, and it keeps the next from being opened. */
#include <stdbool.h>
#include <stdint.h>

#include "mv_syscalls.h"

extern MvNetworkHandle network;
extern MvNotificationHandle centre;
volatile uint32_t ticks;
static uint8_t receive[1024] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));
static MvChannelHandle channel;
static volatile bool readable;
static volatile bool lost;
static volatile struct MvNotification ring[8] __attribute__((aligned(8)));

void TIM8_BRK_IRQHandler(void) {
    static uint32_t at = 0;
    while (ring[at].event_type != MV_EVENTTYPE_NOEVENT) {
        switch (ring[at].event_type) {
            case MV_EVENTTYPE_CHANNELDATAREADABLE:
                readable = true;
                break;
            case MV_EVENTTYPE_CHANNELNOTCONNECTED:
                lost = true;
                break;
            default:
                break;
        }
        ring[at].event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1) % 8;
    }
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
    return mvOpenChannel(&params, &channel) == MV_STATUS_OKAY; // expect: channel-leak
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

static bool answer(void) {
    struct MvHttpResponseData data;
    return mvReadHttpResponseData(channel, &data) == MV_STATUS_OKAY && data.result == MV_HTTPRESULT_OK;
}

static bool waiting;

static void poll(void) {
    if (channel != 0 && waiting && (readable || lost)) {
        if (readable) {
            (void)answer();
        }
        close_channel();
        readable = lost = waiting = false;
    }
}

int main(void) {
    for (;;) {
        if (channel == 0 && ticks % 60000 == 0) {
            waiting = open_channel() && request();
        }
        poll();
    }
}
