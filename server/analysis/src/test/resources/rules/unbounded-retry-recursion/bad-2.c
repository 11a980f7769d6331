#include "mv_syscalls.h"

/* The number counts the tries and ends nothing: each call is another way to call the function. */
enum MvStatus open_some_day(const struct MvOpenChannelParams *params, MvChannelHandle *channel, int tries) {
    enum MvStatus status = mvOpenChannel(params, channel);
    if (status != MV_STATUS_OKAY) {
        return open_some_day(params, channel, tries + 1); // expect: unbounded-retry-recursion
    }
    return status;
}

enum MvStatus open_first(const struct MvOpenChannelParams *params, MvChannelHandle *channel) {
    return open_some_day(params, channel, 0);
}
