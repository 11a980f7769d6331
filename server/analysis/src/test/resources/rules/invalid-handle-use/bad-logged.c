#include <stdbool.h>
#include "mv_syscalls.h"

static MvChannelHandle channel;
static MvChannelHandle guarded;
extern void report(const char *what, int status);

/* Whatever the variable held before, it holds no channel of use when the opening has failed. */
bool ask(const struct MvOpenChannelParams *params, const struct MvConfigKeyFetchParams *request) {
    enum MvStatus status = mvOpenChannel(params, &channel);
    if (status != MV_STATUS_OKAY) {
        report("no channel", (int)status);
    }
    status = mvSendConfigFetchRequest(channel, request); // expect: invalid-handle-use
    if (status != MV_STATUS_OKAY) {
        report("not sent", (int)status);
        (void)mvCloseChannel(&channel);
        return false;
    }
    return true;
}

bool ask_once(const struct MvOpenChannelParams *params, const struct MvConfigKeyFetchParams *request) {
    if (guarded != 0) {
        return false;
    }
    if (mvOpenChannel(params, &guarded) != MV_STATUS_OKAY) {
        report("no channel", 0);
    }
    enum MvStatus status = mvSendConfigFetchRequest(guarded, request); // expect: invalid-handle-use
    if (status != MV_STATUS_OKAY) {
        (void)mvCloseChannel(&guarded);
    }
    return status == MV_STATUS_OKAY;
}
