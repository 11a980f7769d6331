#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

extern MvChannelHandle channel;
static volatile bool lost = false;

/* The event tells of the same loss, and is acted upon. */
void on_event(enum MvEventType type) {
    if (type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
        lost = true;
    }
}

void tidy(void) {
    if (lost && mvCloseChannel(&channel) == MV_STATUS_OKAY) {
        lost = false;
    }
}

void ask(const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status == MV_STATUS_CHANNELCLOSED) {
        printf("channel already closed\n");
    } else if (status != MV_STATUS_OKAY) {
        lost = true;
    }
}
