#include <stdbool.h>
#include "mv_syscalls.h"

static MvChannelHandle channel;
extern volatile bool lost;

void note(int what);
bool reopen(MvChannelHandle *handle);

void reason_first(void) {
    enum MvClosureReason reason = MV_CLOSUREREASON_NONE;
    if (mvGetChannelClosureReason(channel, &reason) == MV_STATUS_OKAY) {
        note((int)reason);
    }
    enum MvStatus status = mvCloseChannel(&channel);
    note((int)status);
}

/* Opened again in between. */
void reopened(const struct MvHttpRequest *request) {
    enum MvStatus status = mvCloseChannel(&channel);
    note((int)status);
    if (reopen(&channel)) {
        status = mvSendHttpRequest(channel, request);
        note((int)status);
    }
}

/* The number may be logged. */
void logged(void) {
    MvChannelHandle old = channel;
    enum MvStatus status = mvCloseChannel(&channel);
    note((int)status);
    note(old != 0);
}

/* Only closed in one branch. */
void branches(bool done, const struct MvHttpRequest *request) {
    if (done) {
        enum MvStatus status = mvCloseChannel(&channel);
        note((int)status);
    } else {
        enum MvStatus status = mvSendHttpRequest(channel, request);
        note((int)status);
    }
}

/* The flags say more than the paths. */
void task(const struct MvHttpRequest *request) {
    while (1) {
        if (channel == 0 && reopen(&channel)) {
            enum MvStatus status = mvSendHttpRequest(channel, request);
            note((int)status);
        }
        if (lost) {
            enum MvClosureReason reason = MV_CLOSUREREASON_NONE;
            if (mvGetChannelClosureReason(channel, &reason) == MV_STATUS_OKAY) {
                note((int)reason);
            }
            lost = false;
            enum MvStatus status = mvCloseChannel(&channel);
            note((int)status);
        }
    }
}
