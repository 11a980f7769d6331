#include "mv_syscalls.h"

static uint8_t receive[1536] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));

enum MvStatus open_http(MvNotificationHandle centre, MvNetworkHandle network, MvChannelHandle *out) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre,
               .network_handle = network,
               .receive_buffer = receive,
               .receive_buffer_len = sizeof(receive),
               .send_buffer = send,
               .send_buffer_len = 512,
               .channel_type = MV_CHANNELTYPE_HTTP}};
    return mvOpenChannel(&params, out);
}

enum MvStatus open_config(MvNotificationHandle centre, MvNetworkHandle network, MvChannelHandle *out) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre,
               .network_handle = network,
               .receive_buffer = receive,
               .receive_buffer_len = 512,
               .send_buffer = send,
               .send_buffer_len = 512,
               .channel_type = MV_CHANNELTYPE_CONFIGFETCH}};
    return mvOpenChannel(&params, out);
}
