#include "mv_syscalls.h"

static MvChannelHandle channel;
static MvChannelHandle other;

/* What a failure left open is closed by the next call, before it opens. */
int post(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    if (channel != 0) {
        (void)mvCloseChannel(&channel);
    }
    if (mvOpenChannel(params, &channel) != MV_STATUS_OKAY) {
        return -1;
    }
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        return -1;
    }
    (void)mvCloseChannel(&channel);
    return 0;
}

int put(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    if (mvOpenChannel(params, &other) != MV_STATUS_OKAY) {
        return -1;
    }
    if (mvSendHttpRequest(other, request) != MV_STATUS_OKAY) {
        return -1;
    }
    (void)mvCloseChannel(&other);
    return 0;
}

/* The caller cleans up. */
int main(void) {
    static const struct MvOpenChannelParams params;
    static const struct MvHttpRequest request;
    int result = post(&params, &request);
    if (put(&params, &request) != 0 && other != 0) {
        (void)mvCloseChannel(&other);
    }
    return result;
}
