#include "mv_syscalls.h"

static uint8_t receive[512] __attribute__((aligned(512)));
static uint8_t send[1536] __attribute__((aligned(512)));
static uint8_t picture[1024];

enum MvStatus post(MvNotificationHandle centre, MvNetworkHandle network) {
    MvChannelHandle channel;
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre,
               .network_handle = network,
               .receive_buffer = receive,
               .receive_buffer_len = sizeof(receive),
               .send_buffer = send,
               .send_buffer_len = sizeof(send),
               .channel_type = MV_CHANNELTYPE_HTTP}};
    enum MvStatus status = mvOpenChannel(&params, &channel);
    if (status != MV_STATUS_OKAY) {
        return status;
    }
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"POST", .length = 4},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .body = {.data = picture, .length = sizeof(picture)},
        .timeout_ms = 10000};
    status = mvSendHttpRequest(channel, &request);
    (void)mvCloseChannel(&channel);
    return status;
}
