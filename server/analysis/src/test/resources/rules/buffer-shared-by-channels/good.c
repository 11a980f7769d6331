#include <stdbool.h>
#include "mv_syscalls.h"

static uint8_t receive_buffer[1024] __attribute__((aligned(512)));
static uint8_t send_buffer[512] __attribute__((aligned(512)));
static uint8_t pair[2][1024] __attribute__((aligned(512)));
static MvChannelHandle http, config;

void note(int what);

static enum MvStatus open_channel(enum MvChannelType type, MvChannelHandle *channel) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .receive_buffer = receive_buffer,
            .receive_buffer_len = sizeof receive_buffer,
            .send_buffer = send_buffer,
            .send_buffer_len = sizeof send_buffer,
            .channel_type = type,
        },
    };
    return mvOpenChannel(&params, channel);
}

/* One after the other. */
void in_turn(void) {
    if (open_channel(MV_CHANNELTYPE_CONFIGFETCH, &config) == MV_STATUS_OKAY) {
        enum MvStatus status = mvCloseChannel(&config);
        note((int)status);
    }
    if (open_channel(MV_CHANNELTYPE_HTTP, &http) == MV_STATUS_OKAY) {
        enum MvStatus status = mvCloseChannel(&http);
        note((int)status);
    }
}

/* The second only when the first could not be opened. */
void instead(void) {
    if (open_channel(MV_CHANNELTYPE_CONFIGFETCH, &config) != MV_STATUS_OKAY
            && open_channel(MV_CHANNELTYPE_HTTP, &http) != MV_STATUS_OKAY) {
        note(1);
    }
}

/* Two parts of one array. */
enum MvStatus parts(struct MvOpenChannelParams *params) {
    params->v1.receive_buffer = pair[0];
    params->v1.send_buffer = pair[1];
    return mvOpenChannel(params, &http);
}
