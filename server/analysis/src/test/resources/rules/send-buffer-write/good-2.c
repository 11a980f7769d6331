#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

static uint8_t rx[1024] __attribute__((aligned(512)));
static uint8_t tx[512] __attribute__((aligned(512)));
static uint8_t config_rx[1024] __attribute__((aligned(512)));
static uint8_t config_tx[512] __attribute__((aligned(512)));
static MvChannelHandle http_channel;
static MvChannelHandle config_channel;
static char body[512];

extern MvNetworkHandle network_handle;
extern MvNotificationHandle centre_handle;

static bool open_channel(uint8_t *receive, uint8_t *send, enum MvChannelType type, MvChannelHandle *handle) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre_handle,
            .network_handle = network_handle,
            .receive_buffer = receive,
            .receive_buffer_len = 1024,
            .send_buffer = send,
            .send_buffer_len = 512,
            .channel_type = type,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    return mvOpenChannel(&params, handle) == MV_STATUS_OKAY;
}

static bool open_http(void) {
    return open_channel(rx, tx, MV_CHANNELTYPE_HTTP, &http_channel);
}

static bool open_config(void) {
    return open_channel(config_rx, config_tx, MV_CHANNELTYPE_CONFIGFETCH, &config_channel);
}

static void clear_buffers(void) {
    memset(rx, 0, sizeof rx);
    memset(tx, 0, sizeof tx);
}

static void close_http(void) {
    if (http_channel != 0 && mvCloseChannel(&http_channel) != MV_STATUS_OKAY) {
        http_channel = 0;
    }
}

/* Before the opening, and after the closing. */
bool post(const struct MvHttpRequest *request) {
    clear_buffers();
    if (!open_http()) {
        clear_buffers();
        return false;
    }
    bool sent = mvSendHttpRequest(http_channel, request) == MV_STATUS_OKAY;
    if (!sent) {
        close_http();
        clear_buffers();
    }
    return sent;
}

/* The body has a buffer of its own. */
bool send_step(unsigned reading) {
    int length = snprintf(body, sizeof body, "v=%u", reading);
    struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"POST", .length = 4},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .body = {.data = (const uint8_t *)body, .length = (uint32_t)length},
        .timeout_ms = 10000,
    };
    return mvSendHttpRequest(http_channel, &request) == MV_STATUS_OKAY;
}

/* Another channel's buffer. */
void prepare_config(void) {
    if (http_channel != 0 && config_channel == 0) {
        memset(config_tx, 0, sizeof config_tx);
        if (!open_config()) {
            config_tx[0] = 1;
        }
    }
}

/* Closed in a function that also clears, then opened anew. */
static void reset(void) {
    close_http();
    clear_buffers();
}

bool again(const struct MvHttpRequest *request) {
    reset();
    return open_http() && mvSendHttpRequest(http_channel, request) == MV_STATUS_OKAY;
}

/* Nothing is open. */
void idle(void) {
    if (http_channel == 0) {
        tx[0] = 0;
    }
}

/* Another task opens it while this one waits. */
extern void wait_until_open(void);

bool wait_and_send(const struct MvHttpRequest *request) {
    clear_buffers();
    wait_until_open();
    return mvSendHttpRequest(http_channel, request) == MV_STATUS_OKAY;
}
