#include <stdbool.h>
#include "mv_syscalls.h"

static bool begin(bool http, MvChannelHandle *channel) {
    struct MvOpenChannelParams params = {.version = 1};
    if (http) {
        params.v1.channel_type = MV_CHANNELTYPE_HTTP;
    } else {
        params.v1.channel_type = MV_CHANNELTYPE_CONFIGFETCH;
    }
    return mvOpenChannel(&params, channel) == MV_STATUS_OKAY;
}

static bool begin_as(enum MvChannelType type, MvChannelHandle *channel) {
    struct MvOpenChannelParams params = {.version = 1};
    params.v1.channel_type = type;
    return mvOpenChannel(&params, channel) == MV_STATUS_OKAY;
}

static MvChannelHandle channels[3];

int main(int count, char **names) {
    (void)names;
    const struct MvHttpRequest request = {.timeout_ms = 5000};
    bool done = begin(count > 1, &channels[0]) && begin_as(MV_CHANNELTYPE_MQTT, &channels[1])
        && begin_as(MV_CHANNELTYPE_CONFIGFETCH, &channels[2])
        && mvSendHttpRequest(channels[count], &request) == MV_STATUS_OKAY;
    for (int i = 0; i < 3; i++) {
        if (mvCloseChannel(&channels[i]) != MV_STATUS_OKAY) {
            done = false;
        }
    }
    return done;
}
