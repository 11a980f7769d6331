#include "mv_syscalls.h"

static MvChannelHandle channel;

static enum MvStatus open_channel(const struct MvOpenChannelParams *params) {
    return mvOpenChannel(params, &channel);
}

enum MvStatus send(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    if (channel == 0) {
        (void)open_channel(params);
        return send(params, request); // expect: unbounded-retry-recursion
    }
    return mvSendHttpRequest(channel, request);
}
