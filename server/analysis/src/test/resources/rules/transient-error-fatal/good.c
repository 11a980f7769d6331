#include <assert.h>
#include <stdlib.h>
#include "mv_syscalls.h"

void wait_a_second(void);

void close_it(MvChannelHandle *channel) {
    enum MvStatus status = mvCloseChannel(channel);
    assert(status == MV_STATUS_OKAY || status == MV_STATUS_CHANNELCLOSED);
}

void open_it(const struct MvOpenChannelParams *params, MvChannelHandle *channel) {
    enum MvStatus status = mvOpenChannel(params, channel);
    if (status == MV_STATUS_RATELIMITED) {
        wait_a_second();
        status = mvOpenChannel(params, channel);
    }
    if (status == MV_STATUS_INVALIDBUFFERALIGNMENT) {
        abort();
    }
    assert(status == MV_STATUS_OKAY);
}
