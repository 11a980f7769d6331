#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

/* A structure keeps the handle and where its buffers are. */
struct link {
    MvNetworkHandle network;
    MvNotificationHandle centre;
    MvChannelHandle channel;
    uint8_t *receive;
    uint8_t *send;
};

static uint8_t receive_buffer[1024] __attribute__((aligned(512)));
static uint8_t send_buffer[512] __attribute__((aligned(512)));

void prepare(struct link *link) {
    link->receive = receive_buffer;
    link->send = send_buffer;
}

bool begin(struct link *link) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = link->centre,
            .network_handle = link->network,
            .receive_buffer = link->receive,
            .receive_buffer_len = sizeof receive_buffer,
            .send_buffer = link->send,
            .send_buffer_len = sizeof send_buffer,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    return mvOpenChannel(&params, &link->channel) == MV_STATUS_OKAY;
}

bool upload(struct link *link, struct MvHttpRequest *request, const char *text) {
    if (link->channel == 0) {
        return false;
    }
    strncpy((char *)link->send, text, sizeof send_buffer); // expect: send-buffer-write
    request->body.data = link->send;
    request->body.length = strlen(text);
    return mvSendHttpRequest(link->channel, request) == MV_STATUS_OKAY;
}
