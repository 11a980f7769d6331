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
void connect_network(MvNetworkHandle *network);

static MvNetworkHandle network;
static MvChannelHandle channel;
extern volatile bool lost;

void start(void) {
    const struct MvRequestNetworkParams params = {.version = 1, .v1 = {.notification_handle = centre_handle}};
    if (mvRequestNetwork(&params, &network) != MV_STATUS_OKAY) {
        note(1);
    }
}

/* Another function has set it. */
bool is_connected(void) {
    enum MvNetworkStatus state = MV_NETWORKSTATUS_CONNECTING;
    return mvGetNetworkStatus(network, &state) == MV_STATUS_OKAY && state == MV_NETWORKSTATUS_CONNECTED;
}

void by_others(void) {
    MvNetworkHandle mine = 0;
    enum MvNetworkStatus state = MV_NETWORKSTATUS_CONNECTING;
    connect_network(&mine);
    enum MvStatus status = mvGetNetworkStatus(mine, &state);
    note((int)status + (int)state);
}

void leaves(const struct MvHttpRequest *request) {
    MvChannelHandle mine = 0;
    enum MvStatus status = open_channel(network_handle, centre_handle, &mine);
    if (status != MV_STATUS_OKAY) {
        note(1);
        return;
    }
    status = mvSendHttpRequest(mine, request);
    note((int)status);
    status = mvCloseChannel(&mine);
    note((int)status);
}

/* Events come only for a channel that exists. */
void task(void) {
    while (1) {
        if (channel == 0 && open_channel(network_handle, centre_handle, &channel) != MV_STATUS_OKAY) {
            note(2);
        }
        if (lost) {
            enum MvClosureReason reason = MV_CLOSUREREASON_NONE;
            if (mvGetChannelClosureReason(channel, &reason) == MV_STATUS_OKAY) {
                note((int)reason);
            }
        }
        if (channel != 0) {
            enum MvStatus status = mvCloseChannel(&channel);
            note((int)status);
        }
    }
}
