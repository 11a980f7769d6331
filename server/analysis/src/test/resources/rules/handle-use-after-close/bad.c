#include <stdbool.h>
#include "mv_syscalls.h"

static MvChannelHandle channel;
static MvNetworkHandle network;

void note(int what);

void reason_too_late(void) {
    enum MvClosureReason reason = MV_CLOSUREREASON_NONE;
    enum MvStatus status = mvCloseChannel(&channel);
    if (status != MV_STATUS_OKAY) {
        note(1);
    }
    status = mvGetChannelClosureReason(channel, &reason); // expect: handle-use-after-close
    note((int)reason + (int)status);
}

void copy(MvChannelHandle handle) {
    MvChannelHandle mine = handle;
    struct MvHttpResponseData data = {0};
    if (mvCloseChannel(&mine) != MV_STATUS_OKAY) {
        return;
    }
    note((int)mvReadHttpResponseData(handle, &data)); // expect: handle-use-after-close
}

static void close_it(void) {
    enum MvStatus status = mvReleaseNetwork(&network);
    note((int)status);
}

static bool is_connected(void) {
    enum MvNetworkStatus state = MV_NETWORKSTATUS_CONNECTING;
    return mvGetNetworkStatus(network, &state) == MV_STATUS_OKAY && state == MV_NETWORKSTATUS_CONNECTED;
}

void through_helpers(void) {
    close_it();
    note(is_connected()); // expect: handle-use-after-close
}
