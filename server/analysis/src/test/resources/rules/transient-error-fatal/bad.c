#include <stdlib.h>
#include "mv_syscalls.h"

static void panic(void) {
    while (1) {
    }
}

void send(MvChannelHandle channel, const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status == MV_STATUS_CHANNELCLOSED) {
        panic(); // expect: transient-error-fatal
    }
}

void open_it(const struct MvOpenChannelParams *params, MvChannelHandle *channel) {
    switch (mvOpenChannel(params, channel)) {
        case MV_STATUS_RATELIMITED:
            abort(); // expect: transient-error-fatal
        default:
            break;
    }
}
