#include "mv_syscalls.h"

static uint8_t receive[512] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));

enum MvStatus open_http(MvNotificationHandle centre, MvNetworkHandle network, MvChannelHandle *out) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre,
               .network_handle = network,
               .receive_buffer = receive,
               .receive_buffer_len = sizeof(receive), // expect: receive-buffer-too-small
               .send_buffer = send,
               .send_buffer_len = 512,
               .channel_type = MV_CHANNELTYPE_HTTP}};
    return mvOpenChannel(&params, out);
}
