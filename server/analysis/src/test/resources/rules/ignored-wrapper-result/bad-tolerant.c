#include <stdbool.h>

#include "mv_syscalls.h"

/* Some failures count as success: the others are still told. */
static bool publish(MvChannelHandle channel, const struct MvMqttPublishRequest *request) {
    enum MvStatus status = mvMqttRequestPublish(channel, request);
    return status == MV_STATUS_OKAY || status == MV_STATUS_RATELIMITED;
}

static bool report(MvChannelHandle channel, const struct MvMqttPublishRequest *request) {
    switch (mvMqttRequestPublish(channel, request)) {
        case MV_STATUS_OKAY:
            return true;
        case MV_STATUS_RATELIMITED:
            return true;
        default:
            return false;
    }
}

/* A channel that is gone already is closed as well. */
static bool close(MvChannelHandle *channel) {
    enum MvStatus status = mvCloseChannel(channel);
    return status == MV_STATUS_OKAY || status == MV_STATUS_CHANNELCLOSED;
}

void tell(MvChannelHandle channel, const struct MvMqttPublishRequest *request) {
    publish(channel, request); // expect: ignored-wrapper-result
    report(channel, request);  // expect: ignored-wrapper-result
    close(&channel);
}
