#include "mv_syscalls.h"

/* As a header declares them: the definitions below tell size and alignment. */
extern uint8_t receive_area[];
extern uint8_t send_area[512];

uint8_t receive_area[2048] __attribute__((aligned(512)));
uint8_t send_area[512];  // expect: buffer-alignment

enum MvStatus open_channel(
        MvNotificationHandle centre, MvNetworkHandle network, MvChannelHandle *channel) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .network_handle = network,
            .receive_buffer = receive_area,
            .receive_buffer_len = sizeof(receive_area),
            .send_buffer = send_area,
            .send_buffer_len = sizeof(send_area),
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {(const uint8_t *)"", 0},
        },
    };
    return mvOpenChannel(&params, channel);
}
