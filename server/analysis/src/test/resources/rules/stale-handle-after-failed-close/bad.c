#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

static MvChannelHandle channel = 0;

static struct {
    MvNetworkHandle network;
} handles;

extern bool describe(struct MvOpenChannelParams *params);

void close_channel(void) {
    if (channel != 0) {
        enum MvStatus status = mvCloseChannel(&channel); // expect: stale-handle-after-failed-close
        if (status != MV_STATUS_OKAY && status != MV_STATUS_CHANNELCLOSED) {
            printf("could not close: %d\n", (int)status);
        }
    }
}

bool open_channel(void) {
    if (channel != 0) {
        return false;
    }
    struct MvOpenChannelParams params;
    return describe(&params) && mvOpenChannel(&params, &channel) == MV_STATUS_OKAY;
}

bool release(void) {
    if (mvReleaseNetwork(&handles.network) != MV_STATUS_OKAY) { // expect: stale-handle-after-failed-close
        return false;
    }
    return true;
}

static bool request(const struct MvRequestNetworkParams *params) {
    return mvRequestNetwork(params, &handles.network) == MV_STATUS_OKAY;
}

bool need_network(const struct MvRequestNetworkParams *params) {
    return handles.network != 0 || request(params);
}
