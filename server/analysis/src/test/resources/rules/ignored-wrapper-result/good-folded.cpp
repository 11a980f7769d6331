#include "mv_syscalls.h"

namespace {
MvChannelHandle channel;
unsigned failures;
extern bool enabled;

/* The status goes to the caller by reference; whoever reads it there needs no result. */
bool send(const MvHttpRequest &request, MvStatus &status) {
    status = mvSendHttpRequest(channel, &request);
    return status == MV_STATUS_OKAY;
}

/* The result says something else. */
bool count_failure(const MvHttpRequest &request) {
    if (mvSendHttpRequest(channel, &request) != MV_STATUS_OKAY) {
        failures++;
    }
    return failures > 3;
}

bool is_enabled(const MvHttpRequest &request) {
    bool was = enabled;
    if (mvSendHttpRequest(channel, &request) != MV_STATUS_OKAY) {
        enabled = false;
    }
    return was;
}
}

int run(const MvHttpRequest &request) {
    MvStatus status = MV_STATUS_OKAY;
    send(request, status);
    if (status != MV_STATUS_OKAY) {
        return 1;
    }
    count_failure(request);
    is_enabled(request);
    return 0;
}
