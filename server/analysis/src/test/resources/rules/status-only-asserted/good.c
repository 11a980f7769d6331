#include <assert.h>
#include "mv_syscalls.h"

enum MvStatus close_it(MvChannelHandle *channel) {
    enum MvStatus status = mvCloseChannel(channel);
    assert(status == MV_STATUS_OKAY || status == MV_STATUS_CHANNELCLOSED);
    return status;
}

void handled(MvChannelHandle *channel) {
    enum MvStatus status = mvCloseChannel(channel);
    assert(status != MV_STATUS_INVALIDHANDLE);
    if (status != MV_STATUS_OKAY) {
        *channel = 0;
    }
}
