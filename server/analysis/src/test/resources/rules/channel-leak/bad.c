#include <stdbool.h>
#include <string.h>
#include "mv_syscalls.h"

static uint8_t receive_buffer[1024] __attribute__((aligned(512)));
static uint8_t send_buffer[512] __attribute__((aligned(512)));

extern MvNetworkHandle network_handle;
extern MvNotificationHandle centre_handle;

static enum MvStatus open_channel(MvNetworkHandle network, MvNotificationHandle centre, MvChannelHandle *channel) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .network_handle = network,
            .receive_buffer = receive_buffer,
            .receive_buffer_len = sizeof receive_buffer,
            .send_buffer = send_buffer,
            .send_buffer_len = sizeof send_buffer,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    return mvOpenChannel(&params, channel);
}

bool wait_for_response(void);

static bool fetch(MvNetworkHandle network, MvNotificationHandle centre, const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    if (open_channel(network, centre, &channel) != MV_STATUS_OKAY) { // expect: channel-leak
        return false;
    }
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        return false;
    }
    bool done = wait_for_response();
    enum MvStatus status = mvCloseChannel(&channel);
    return done && status == MV_STATUS_OKAY;
}

static bool never_closed(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    MvChannelHandle channel;
    enum MvStatus status = mvOpenChannel(params, &channel); // expect: channel-leak
    if (status == MV_STATUS_OKAY) {
        status = mvSendHttpRequest(channel, request);
    }
    return status == MV_STATUS_OKAY && wait_for_response();
}

bool run(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    return fetch(network_handle, centre_handle, request) && never_closed(params, request);
}
