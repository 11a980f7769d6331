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
void note(int what);

static MvChannelHandle shared;

struct client {
    MvChannelHandle channel;
};

static void close_channel(MvChannelHandle *channel) {
    enum MvStatus status = mvCloseChannel(channel);
    if (status != MV_STATUS_OKAY && status != MV_STATUS_CHANNELCLOSED) {
        note(1);
    }
}

/* Closed by a helper on every path. */
bool fetch(MvNetworkHandle network, const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    if (open_channel(network, centre_handle, &channel) != MV_STATUS_OKAY) {
        return false;
    }
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        close_channel(&channel);
        return false;
    }
    bool done = wait_for_response();
    close_channel(&channel);
    return done;
}

/* A static handle that another function closes. */
bool begin(const struct MvHttpRequest *request) {
    if (shared == 0 && open_channel(network_handle, centre_handle, &shared) != MV_STATUS_OKAY) {
        return false;
    }
    return mvSendHttpRequest(shared, request) == MV_STATUS_OKAY;
}

void end(void) {
    if (shared != 0) {
        close_channel(&shared);
    }
}

/* The caller gets it. */
enum MvStatus give(MvChannelHandle *out) {
    MvChannelHandle channel;
    enum MvStatus status = open_channel(network_handle, centre_handle, &channel);
    if (status == MV_STATUS_OKAY) {
        *out = channel;
    }
    return status;
}

MvChannelHandle give_by_value(void) {
    MvChannelHandle channel = 0;
    if (open_channel(network_handle, centre_handle, &channel) != MV_STATUS_OKAY) {
        note(2);
        return 0;
    }
    return channel;
}

bool start(struct client *client) {
    return open_channel(network_handle, centre_handle, &client->channel) == MV_STATUS_OKAY;
}
