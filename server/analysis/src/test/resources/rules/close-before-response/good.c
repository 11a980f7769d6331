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

extern volatile bool answered;
bool wait_for_response(void);
void delay(uint32_t ms);

/* Waits, also when it does not read. */
void waits(const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    if (open_channel(network_handle, centre_handle, &channel) != MV_STATUS_OKAY) {
        return;
    }
    if (mvSendHttpRequest(channel, request) == MV_STATUS_OKAY) {
        for (int i = 0; i < 100 && !answered; i++) {
            delay(10);
        }
    }
    enum MvStatus status = mvCloseChannel(&channel);
    printf("closed: %d\n", (int)status);
}

void reads(const struct MvHttpRequest *request) {
    struct MvHttpResponseData data = {0};
    MvChannelHandle channel = 0;
    if (open_channel(network_handle, centre_handle, &channel) != MV_STATUS_OKAY) {
        return;
    }
    if (mvSendHttpRequest(channel, request) == MV_STATUS_OKAY && wait_for_response()) {
        if (mvReadHttpResponseData(channel, &data) == MV_STATUS_OKAY && data.result == MV_HTTPRESULT_OK) {
            printf("%u\n", (unsigned)data.status_code);
        }
    }
    enum MvStatus status = mvCloseChannel(&channel);
    printf("closed: %d\n", (int)status);
}

/* Only when nothing was sent. */
bool closes_on_failure(MvChannelHandle channel, const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        enum MvStatus status = mvCloseChannel(&channel);
        printf("closed: %d\n", (int)status);
        return false;
    }
    return true;
}
