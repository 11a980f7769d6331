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

#include <stdio.h>

void fire_and_close(const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    if (open_channel(network_handle, centre_handle, &channel) != MV_STATUS_OKAY) {
        return;
    }
    if (mvSendHttpRequest(channel, request) == MV_STATUS_OKAY) {
        printf("sent\n");
    }
    enum MvStatus status = mvCloseChannel(&channel); // expect: close-before-response
    printf("closed: %d\n", (int)status);
}

void release(MvChannelHandle channel, MvNetworkHandle *network, const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        return;
    }
    enum MvStatus status = mvReleaseNetwork(network); // expect: close-before-response
    printf("released: %d\n", (int)status);
}
