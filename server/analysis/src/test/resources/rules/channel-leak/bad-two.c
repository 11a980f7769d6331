#include "mv_syscalls.h"

static MvChannelHandle channel;

/* Two functions with one handle: each closes only what it has opened itself. */
int get(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    if (mvOpenChannel(params, &channel) != MV_STATUS_OKAY) {
        return -1;
    }
    int result = mvSendHttpRequest(channel, request) == MV_STATUS_OKAY ? 0 : -1;
    (void)mvCloseChannel(&channel);
    return result;
}

int post(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    if (mvOpenChannel(params, &channel) != MV_STATUS_OKAY) { // expect: channel-leak
        return -1;
    }
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        return -1;
    }
    (void)mvCloseChannel(&channel);
    return 0;
}

int main(void) {
    static const struct MvOpenChannelParams params;
    static const struct MvHttpRequest request;
    return get(&params, &request) + post(&params, &request);
}
