#include "mv_syscalls.h"

int sends(MvChannelHandle channel, const struct MvHttpRequest *request, const uint32_t *room) {
    if (mvSendHttpRequest(channel, request) // expect: unchecked-status
            != MV_STATUS_OKAY)
        ;
    if (*room > 8 && mvCloseChannel(&channel) // expect: unchecked-status
            != MV_STATUS_OKAY) {
    }
    return 1;
}

uint32_t body(MvChannelHandle channel, uint8_t *into, uint32_t room) {
    if (mvReadHttpResponseBody(channel, 0, into, room) // expect: unchecked-status
            != MV_STATUS_OKAY || room == 0) ;
    return room;
}
