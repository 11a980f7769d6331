#include <stdbool.h>
#include <string.h>
#include "mv_syscalls.h"

static uint8_t receive_buffer[1024] __attribute__((aligned(512)));
static uint8_t send_buffer[512] __attribute__((aligned(512)));

static MvChannelHandle shared;

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
void note(int what);

bool fetch(const struct MvHttpRequest *request) {
    enum MvStatus status = open_channel(network_handle, centre_handle, &shared); // expect: channel-leak
    if (status != MV_STATUS_OKAY) {
        return false;
    }
    status = mvSendHttpRequest(shared, request);
    if (status != MV_STATUS_OKAY) {
        note(1);
        return false;
    }
    bool done = wait_for_response();
    status = mvCloseChannel(&shared);
    return done && status == MV_STATUS_OKAY;
}
