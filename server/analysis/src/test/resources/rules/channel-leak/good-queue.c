/* A queue brings the messages that the program posts itself: their order is its own affair. */
#include <stdbool.h>
#include <stdint.h>

#include "mv_syscalls.h"

extern MvNetworkHandle network;
extern MvNotificationHandle centre;

enum work { OPEN, ANSWER, FAILED };

volatile uint32_t waiting;

static bool take(enum work *to) {
    *to = (enum work)(waiting % 3);
    return waiting != 0;
}

static uint8_t receive[1024] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));
static MvChannelHandle channel;

static void open_channel(void) {
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
    struct MvHttpRequest what = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)"https://example.com", 19},
        .timeout_ms = 10000,
    };
    if (mvOpenChannel(&params, &channel) != MV_STATUS_OKAY) {
        return;
    }
    if (mvSendHttpRequest(channel, &what) != MV_STATUS_OKAY && mvCloseChannel(&channel) != MV_STATUS_OKAY) {
        channel = 0;
    }
}

volatile uint32_t code;

static void answer(void) {
    struct MvHttpResponseData data;
    code = 0;
    if (mvReadHttpResponseData(channel, &data) == MV_STATUS_OKAY && data.result == MV_HTTPRESULT_OK) {
        code = data.status_code;
    }
}

static void close_channel(void) {
    if (channel != 0 && mvCloseChannel(&channel) != MV_STATUS_OKAY) {
        channel = 0;
    }
}

int main(void) {
    enum work work;
    for (;;) {
        if (!take(&work)) {
            continue;
        }
        switch (work) {
            case OPEN:
                open_channel();
                break;
            case ANSWER:
                answer();
                close_channel();
                break;
            case FAILED:
                close_channel();
                break;
        }
    }
}
