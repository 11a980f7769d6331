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

void note(int what);
void pause(void);
bool wait_for_response(MvChannelHandle channel);

/* Tried again only when it was not sent. */
bool again(MvChannelHandle channel, const struct MvHttpRequest *request) {
    enum MvStatus status = MV_STATUS_UNAVAILABLE;
    for (int i = 0; i < 3; i++) {
        status = mvSendHttpRequest(channel, request);
        if (status != MV_STATUS_INVALIDBUFFERSIZE) {
            break;
        }
        pause();
    }
    return status == MV_STATUS_OKAY;
}

/* A new channel for each. */
void each(const struct MvHttpRequest *requests, int count) {
    for (int i = 0; i < count; i++) {
        MvChannelHandle channel = 0;
        if (open_channel(network_handle, centre_handle, &channel) != MV_STATUS_OKAY) {
            return;
        }
        if (mvSendHttpRequest(channel, &requests[i]) == MV_STATUS_OKAY) {
            note(wait_for_response(channel));
        }
        enum MvStatus status = mvCloseChannel(&channel);
        note((int)status);
    }
}

/* MQTT channels carry many requests. */
void publish(MvChannelHandle channel, const struct MvMqttPublishRequest *one, const struct MvMqttPublishRequest *two) {
    enum MvStatus status = mvMqttRequestPublish(channel, one);
    note((int)status);
    status = mvMqttRequestPublish(channel, two);
    note((int)status);
}

static MvChannelHandle renewed;

static enum MvStatus ask(const struct MvHttpRequest *request) {
    return mvSendHttpRequest(renewed, request);
}

static bool renew(void) {
    note((int)mvCloseChannel(&renewed));
    return open_channel(network_handle, centre_handle, &renewed) == MV_STATUS_OKAY;
}

void on_a_new_channel(const struct MvHttpRequest *first, const struct MvHttpRequest *second) {
    if (open_channel(network_handle, centre_handle, &renewed) != MV_STATUS_OKAY) {
        return;
    }
    if (ask(first) == MV_STATUS_OKAY && wait_for_response(renewed) && renew()) {
        if (ask(second) == MV_STATUS_OKAY) {
            note(2);
        }
    }
    note((int)mvCloseChannel(&renewed));
}
