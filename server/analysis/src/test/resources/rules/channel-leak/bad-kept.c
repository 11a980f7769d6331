/* After an answer only a broken connection closes the channel, and nothing else is opened before. */
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

int main(void) {
    uint32_t sent_at = 0;
    for (;;) {
        uint32_t now = ticks;
        if (channel == 0 && now % 60000 == 0 && open_channel()) {
            if (request()) {
                sent_at = now | 1;
            } else {
                close_channel();
            }
        }
        if (readable) {
            readable = false;
            (void)answer();
            sent_at = 0; // the channel stays
        }
        if (lost) {
            lost = false;
            close_channel();
            sent_at = 0;
        }
        if (sent_at != 0 && now - sent_at > 15000) {
            close_channel();
            sent_at = 0;
        }
    }
}
