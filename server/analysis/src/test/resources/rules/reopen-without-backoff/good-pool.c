#include "mv_syscalls.h"

static uint8_t buffers[4][2][512] __attribute__((aligned(512)));
static MvChannelHandle pool[4];

/* Each round opens another channel: none is tried twice. */
unsigned open_pool(MvNotificationHandle centre, MvNetworkHandle network) {
    unsigned opened = 0;
    for (unsigned i = 0; i < 4; i++) {
        struct MvOpenChannelParams params = {
            .version = 1,
            .v1 = {
                .notification_handle = centre,
                .network_handle = network,
                .receive_buffer = buffers[i][0],
                .receive_buffer_len = 512,
                .send_buffer = buffers[i][1],
                .send_buffer_len = 512,
                .channel_type = MV_CHANNELTYPE_MQTT,
            },
        };
        if (mvOpenChannel(&params, &pool[i]) == MV_STATUS_OKAY) {
            opened++;
        }
    }
    return opened;
}
