#include "mv_syscalls.h"

static uint8_t receive_area[2048] __attribute__((aligned(512)));
static uint8_t send_area[512] __attribute__((aligned(512)));

/* What all channels have in common, as a structure by value. */
static inline struct MvOpenChannelParams common(
        MvNotificationHandle centre, MvNetworkHandle network, enum MvChannelType type) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .network_handle = network,
            .receive_buffer = receive_area,
            .receive_buffer_len = sizeof(receive_area),
            .send_buffer = send_area,
            .send_buffer_len = sizeof(send_area),
            .channel_type = type,
            .endpoint = {(const uint8_t *)"", 0},
        },
    };
    return params;
}

enum MvStatus request(MvNotificationHandle centre, MvNetworkHandle network, MvChannelHandle *channel) {
    struct MvOpenChannelParams params = common(centre, network, MV_CHANNELTYPE_CONFIGFETCH);
    const struct MvHttpRequest request = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)"https://example.com", 19},
        .timeout_ms = 10000,
    };
    enum MvStatus status = mvOpenChannel(&params, channel);
    if (status == MV_STATUS_OKAY) {
        status = mvSendHttpRequest(*channel, &request);  // expect: channel-type-mismatch
    }
    return status;
}
