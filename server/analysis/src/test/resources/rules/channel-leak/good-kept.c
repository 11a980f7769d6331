/* Closings that come later, but without a broken connection: when the time is up, in the next state. */
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

static bool answer(void) {
    struct MvHttpResponseData data;
    return mvReadHttpResponseData(channel, &data) == MV_STATUS_OKAY && data.result == MV_HTTPRESULT_OK;
}

enum phase { IDLE, SENT, ANSWERED };

/* The time is up for every channel, answered or not. */
static void by_time(void) {
    uint32_t opened_at = 0;
    for (uint32_t round = 0; round < 1000000; round++) {
        if (channel == 0 && ticks % 60000 == 0 && open_channel()) {
            opened_at = ticks;
            if (!request()) {
                close_channel();
            }
        }
        if (readable) {
            readable = false;
            (void)answer();
        }
        if (lost || (channel != 0 && ticks - opened_at > 15000)) {
            lost = false;
            close_channel();
        }
    }
    close_channel();
}

/* The next round closes what the answer has used up. */
static void by_state(void) {
    enum phase phase = IDLE;
    for (;;) {
        switch (phase) {
            case IDLE:
                if (channel == 0 && open_channel()) {
                    phase = request() ? SENT : ANSWERED;
                }
                break;
            case SENT:
                if (readable) {
                    (void)answer();
                    phase = ANSWERED;
                } else if (lost) {
                    phase = ANSWERED;
                }
                break;
            case ANSWERED:
                close_channel();
                phase = IDLE;
                break;
        }
    }
}

int main(void) {
    by_time();
    by_state();
}
