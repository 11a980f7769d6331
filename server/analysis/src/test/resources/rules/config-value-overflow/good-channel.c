#include <stdint.h>
#include "mv_syscalls.h"

static uint8_t receive_buffer[1536] __attribute__((aligned(512)));
static uint8_t send_buffer[512] __attribute__((aligned(512)));

/* The body is never larger than what the channel can receive. */
void request(MvNotificationHandle centre, MvNetworkHandle network, MvChannelHandle *channel) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .notification_tag = 1,
            .network_handle = network,
            .receive_buffer = receive_buffer,
            .receive_buffer_len = sizeof(receive_buffer),
            .send_buffer = send_buffer,
            .send_buffer_len = sizeof(send_buffer),
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (uint8_t *)"", .length = 0},
        },
    };
    if (mvOpenChannel(&params, channel) != MV_STATUS_OKAY) {
        *channel = 0;
    }
}

void whole_body(MvChannelHandle channel) {
    struct MvHttpResponseData data;
    static uint8_t body[1536];
    if (mvReadHttpResponseData(channel, &data) == MV_STATUS_OKAY && data.result == MV_HTTPRESULT_OK) {
        (void)mvReadHttpResponseBody(channel, 0, body, data.body_length);
    }
}
