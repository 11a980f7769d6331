#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

/* The buffer is written in other functions than the one that opens the channel. */
static uint8_t rx[1024] __attribute__((aligned(512)));
static uint8_t tx[512] __attribute__((aligned(512)));
static MvChannelHandle http_channel;

extern MvNetworkHandle network_handle;
extern MvNotificationHandle centre_handle;

static bool open_http(void) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre_handle,
            .network_handle = network_handle,
            .receive_buffer = rx,
            .receive_buffer_len = sizeof rx,
            .send_buffer = tx,
            .send_buffer_len = sizeof tx,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    return mvOpenChannel(&params, &http_channel) == MV_STATUS_OKAY;
}

static void build_body(unsigned reading) {
    snprintf((char *)tx, sizeof tx, "{\"t\":%u}", reading); // expect: send-buffer-write
}

static void wipe(uint8_t *buffer, size_t size) {
    memset(buffer, 0, size);
}

bool post(const struct MvHttpRequest *request, unsigned reading) {
    if (!open_http()) {
        return false;
    }
    build_body(reading);
    return mvSendHttpRequest(http_channel, request) == MV_STATUS_OKAY;
}

enum step { STEP_OPEN, STEP_SEND, STEP_WAIT, STEP_DONE };
static enum step step = STEP_OPEN;
static char url[] = "https://example.com/";

static void send_step(unsigned reading) {
    int length = snprintf((char *)&tx[0], sizeof tx, "v=%u", reading); // expect: send-buffer-write
    struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"POST", .length = 4},
        .url = {.data = (const uint8_t *)url, .length = strlen(url)},
        .body = {.data = tx, .length = (uint32_t)length},
        .timeout_ms = 10000,
    };
    if (mvSendHttpRequest(http_channel, &request) == MV_STATUS_OKAY) {
        step = STEP_WAIT;
    }
}

void on_answer(void) {
    if (http_channel == 0) {
        return;
    }
    wipe(tx, sizeof tx); // expect: send-buffer-write
    if (mvCloseChannel(&http_channel) != MV_STATUS_OKAY) {
        http_channel = 0;
    }
    step = STEP_DONE;
}

void run(unsigned reading) {
    switch (step) {
    case STEP_OPEN:
        step = open_http() ? STEP_SEND : STEP_OPEN;
        break;
    case STEP_SEND:
        send_step(reading);
        break;
    default:
        break;
    }
}

/* The same with everything in one structure. */
struct link {
    MvChannelHandle channel;
    uint8_t receive[1024] __attribute__((aligned(512)));
    uint8_t send[512] __attribute__((aligned(512)));
};

enum MvStatus link_open(struct link *link) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre_handle,
            .network_handle = network_handle,
            .receive_buffer = link->receive,
            .receive_buffer_len = sizeof link->receive,
            .send_buffer = link->send,
            .send_buffer_len = sizeof link->send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    return mvOpenChannel(&params, &link->channel);
}

enum MvStatus link_ask(struct link *link, const struct MvHttpRequest *request) {
    link->send[0] = 0; // expect: send-buffer-write
    return mvSendHttpRequest(link->channel, request);
}
