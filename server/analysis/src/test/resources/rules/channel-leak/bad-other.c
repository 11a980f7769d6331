#include <stdbool.h>
#include "mv_syscalls.h"

// Two channels, each with its own handle: that the one is closed elsewhere does not close the other.
static uint8_t config_receive[1024] __attribute__((aligned(512)));
static uint8_t config_send[512] __attribute__((aligned(512)));
static uint8_t http_receive[1024] __attribute__((aligned(512)));
static uint8_t http_send[512] __attribute__((aligned(512)));
static MvChannelHandle config_channel;
static MvChannelHandle http_channel;

bool wait_for_response(void);

static bool config_open(MvNetworkHandle network, MvNotificationHandle centre) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .network_handle = network,
            .receive_buffer = config_receive,
            .receive_buffer_len = sizeof config_receive,
            .send_buffer = config_send,
            .send_buffer_len = sizeof config_send,
            .channel_type = MV_CHANNELTYPE_CONFIGFETCH,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    return mvOpenChannel(&params, &config_channel) == MV_STATUS_OKAY;
}

static bool config_close(void) {
    if (config_channel == 0) return true;
    enum MvStatus status = mvCloseChannel(&config_channel);
    return status == MV_STATUS_OKAY || status == MV_STATUS_CHANNELCLOSED;
}

bool fetch(MvNetworkHandle network, MvNotificationHandle centre, const struct MvConfigKeyFetchParams *request) {
    if (!config_open(network, centre)) return false; // expect: channel-leak
    if (mvSendConfigFetchRequest(config_channel, request) != MV_STATUS_OKAY) return false;
    if (!wait_for_response()) {
        (void)config_close();
        return false;
    }
    return config_close();
}

bool http_open(MvNetworkHandle network, MvNotificationHandle centre) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .network_handle = network,
            .receive_buffer = http_receive,
            .receive_buffer_len = sizeof http_receive,
            .send_buffer = http_send,
            .send_buffer_len = sizeof http_send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    return mvOpenChannel(&params, &http_channel) == MV_STATUS_OKAY;
}

void http_close(void) {
    if (http_channel != 0 && mvCloseChannel(&http_channel) != MV_STATUS_OKAY) http_channel = 0;
}
