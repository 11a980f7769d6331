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
bool wait_for_response(MvChannelHandle channel);

void twice(const struct MvHttpRequest *first, const struct MvHttpRequest *second) {
    MvChannelHandle channel = 0;
    if (open_channel(network_handle, centre_handle, &channel) != MV_STATUS_OKAY) {
        return;
    }
    if (mvSendHttpRequest(channel, first) == MV_STATUS_OKAY && wait_for_response(channel)) {
        note(1);
    }
    enum MvStatus status = mvSendHttpRequest(channel, second); // expect: channel-reuse
    note((int)status);
    status = mvCloseChannel(&channel);
    note((int)status);
}

static void pause_after(MvChannelHandle channel, const struct MvConfigKeyFetchParams *keys) {
    enum MvStatus status = mvSendConfigFetchRequest(channel, keys);
    note((int)status);
}

void configs(MvChannelHandle channel, const struct MvConfigKeyFetchParams *keys) {
    if (mvSendConfigFetchRequest(channel, keys) != MV_STATUS_OKAY) {
        return;
    }
    pause_after(channel, keys); // expect: channel-reuse
}

static MvChannelHandle kept;

/* The second only after the first was answered well, and nothing is closed in between. */
static enum MvStatus ask(const struct MvHttpRequest *request) {
    return mvSendHttpRequest(kept, request);
}

void two_questions(const struct MvHttpRequest *first, const struct MvHttpRequest *second) {
    struct MvHttpResponseData answer;
    if (open_channel(network_handle, centre_handle, &kept) != MV_STATUS_OKAY) {
        return;
    }
    if (ask(first) == MV_STATUS_OKAY && wait_for_response(kept)
        && mvReadHttpResponseData(kept, &answer) == MV_STATUS_OKAY
        && answer.result == MV_HTTPRESULT_OK) {
        if (ask(second) == MV_STATUS_OKAY) { // expect: channel-reuse
            note(2);
        }
    }
    note((int)mvCloseChannel(&kept));
}
