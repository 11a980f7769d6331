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

static MvChannelHandle shared;

void local(const struct MvConfigKeyFetchParams *keys) {
    MvChannelHandle channel = 0;
    if (open_channel(network_handle, centre_handle, &channel) != MV_STATUS_OKAY) {
        return;
    }
    enum MvStatus status = mvSendConfigFetchRequest(channel, keys); // expect: channel-type-mismatch
    note((int)status);
    /* The same channel, the same mistake. */
    struct MvConfigResponseData data;
    status = mvReadConfigFetchResponseData(channel, &data);
    note((int)status);
    status = mvCloseChannel(&channel);
    note((int)status);
}

enum MvStatus open_shared(void) {
    struct MvOpenChannelParams params = {0};
    params.version = 1;
    params.v1.receive_buffer = receive_buffer;
    params.v1.receive_buffer_len = sizeof receive_buffer;
    params.v1.send_buffer = send_buffer;
    params.v1.send_buffer_len = sizeof send_buffer;
    params.v1.channel_type = MV_CHANNELTYPE_CONFIGFETCH;
    return mvOpenChannel(&params, &shared);
}

enum MvStatus read_shared(struct MvHttpResponseData *data) {
    return mvReadHttpResponseData(shared, data); // expect: channel-type-mismatch
}

void close_shared(void) {
    enum MvStatus status = mvCloseChannel(&shared);
    note((int)status);
}
