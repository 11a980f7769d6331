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

void note(int what);

void before_and_after(const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    memset(send_buffer, 0, sizeof send_buffer);
    if (open_channel(network_handle, centre_handle, &channel) != MV_STATUS_OKAY) {
        send_buffer[0] = 1;
        return;
    }
    receive_buffer[0] = 0;
    note(send_buffer[0]);
    enum MvStatus status = mvSendHttpRequest(channel, request);
    note((int)status);
    status = mvCloseChannel(&channel);
    if (status == MV_STATUS_OKAY || status == MV_STATUS_CHANNELCLOSED) {
        send_buffer[0] = 2;
    }
}
