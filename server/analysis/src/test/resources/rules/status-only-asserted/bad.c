#include <assert.h>
#include "mv_syscalls.h"

void close_it(MvChannelHandle *channel) {
    enum MvStatus status = mvCloseChannel(channel); // expect: status-only-asserted
    assert(status == MV_STATUS_OKAY);
}
