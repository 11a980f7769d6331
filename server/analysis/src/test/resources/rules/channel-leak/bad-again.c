/* Opened only when it is closed, but one answer leaves it open: the next request is the second. */
#include <stdbool.h>
#include <stdint.h>

#include "mv_syscalls.h"

extern MvNetworkHandle network;
extern MvNotificationHandle centre;
volatile uint32_t ticks;

static bool due(void) {
    return ticks % 1000 == 0;
}

static uint8_t receive[1024] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));
static struct {
    MvChannelHandle channel;
    bool pending;
} web;
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

static enum MvStatus open_channel(MvChannelHandle *to) {
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
    return mvOpenChannel(&params, to); // expect: channel-leak
}

static void close_channel(MvChannelHandle *which) {
    if (*which != 0) {
        enum MvStatus status = mvCloseChannel(which);
        if (status != MV_STATUS_OKAY && status != MV_STATUS_CHANNELCLOSED) {
            *which = 0;
        }
    }
}

static void ask(void) {
    struct MvHttpRequest what = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)"https://example.com", 19},
        .timeout_ms = 10000,
    };
    if (web.channel == 0 && open_channel(&web.channel) != MV_STATUS_OKAY) {
        return;
    }
    readable = false;
    lost = false;
    if (mvSendHttpRequest(web.channel, &what) == MV_STATUS_OKAY) {
        web.pending = true;
    } else {
        close_channel(&web.channel);
    }
}

volatile uint32_t code;

static void answer(void) {
    struct MvHttpResponseData data;
    code = 0;
    if (mvReadHttpResponseData(web.channel, &data) == MV_STATUS_OKAY && data.result == MV_HTTPRESULT_OK) {
        code = data.status_code;
    }
}

int main(void) {
    for (;;) {
        if (!web.pending && due()) {
            ask();
        }
        if (web.pending && readable) {
            readable = false;
            answer();
            web.pending = false;
        }
        if (web.pending && lost) {
            lost = false;
            close_channel(&web.channel);
            web.pending = false;
        }
    }
}
