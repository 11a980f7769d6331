#include "mv_syscalls.h"

#define LOG_ERROR(...)

extern void use(const uint8_t *bytes);

void says_so(MvChannelHandle channel, const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        // the next round sends it again
    }
    if (mvCloseChannel(&channel) != MV_STATUS_OKAY) ; /* closed already */
}

void logs_in_other_builds(MvChannelHandle channel, const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) LOG_ERROR("send");
    if (mvCloseChannel(&channel) != MV_STATUS_OKAY) {
        LOG_ERROR("close");
    }
}

void other_side(MvChannelHandle channel, uint8_t *into, uint32_t room) {
    if (mvReadHttpResponseBody(channel, 0, into, room) != MV_STATUS_OKAY) {
    } else {
        use(into);
    }
}

void waits(MvNetworkHandle network, enum MvNetworkStatus *now) {
    while (mvGetNetworkStatus(network, now) != MV_STATUS_OKAY)
        ;
}
