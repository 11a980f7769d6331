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

static MvChannelHandle mixed;

void local(const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    if (open_channel(network_handle, centre_handle, &channel) != MV_STATUS_OKAY) {
        return;
    }
    enum MvStatus status = mvSendHttpRequest(channel, request);
    note((int)status);
    status = mvCloseChannel(&channel);
    note((int)status);
}

/* One variable for channels of several types. */
enum MvStatus open_mixed(struct MvOpenChannelParams *params, enum MvChannelType type) {
    params->v1.channel_type = type;
    return mvOpenChannel(params, &mixed);
}

enum MvStatus open_http(struct MvOpenChannelParams *params) {
    params->v1.channel_type = MV_CHANNELTYPE_HTTP;
    return mvOpenChannel(params, &mixed);
}

enum MvStatus fetch(const struct MvConfigKeyFetchParams *keys) {
    return mvSendConfigFetchRequest(mixed, keys);
}

void close_mixed(void) {
    enum MvStatus status = mvCloseChannel(&mixed);
    note((int)status);
}
