#include <stdlib.h>
#include "mv_syscalls.h"

static uint8_t receive[512] __attribute__((aligned(512)));

void work(MvChannelHandle channel);

enum MvStatus on_the_heap(MvNotificationHandle centre, MvNetworkHandle network) {
    MvChannelHandle channel;
    uint8_t *send = aligned_alloc(512, 512);
    if (send == NULL) {
        return MV_STATUS_UNAVAILABLE;
    }
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre,
               .network_handle = network,
               .receive_buffer = receive,
               .receive_buffer_len = sizeof(receive),
               .send_buffer = send,
               .send_buffer_len = 512,
               .channel_type = MV_CHANNELTYPE_HTTP}};
    enum MvStatus status = mvOpenChannel(&params, &channel);
    if (status != MV_STATUS_OKAY) {
        free(send);
        return status;
    }
    work(channel);
    free(send); // expect: buffer-lifetime
    status = mvCloseChannel(&channel);
    return status;
}
