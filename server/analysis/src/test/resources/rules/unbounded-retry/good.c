#include <stdbool.h>
#include "mv_syscalls.h"

void pause_a_second(void);

void counted(const struct MvOpenChannelParams *params, MvChannelHandle *channel) {
    for (int tries = 0; tries < 5; tries++) {
        if (mvOpenChannel(params, channel) == MV_STATUS_OKAY) {
            break;
        }
        pause_a_second();
    }
}

void only_what_passes(const struct MvOpenChannelParams *params, MvChannelHandle *channel) {
    while (mvOpenChannel(params, channel) == MV_STATUS_RATELIMITED) {
        pause_a_second();
    }
}

bool gives_up(const struct MvOpenChannelParams *params, MvChannelHandle *channel) {
    while (1) {
        enum MvStatus status = mvOpenChannel(params, channel);
        if (status == MV_STATUS_OKAY) {
            return true;
        }
        if (status != MV_STATUS_RATELIMITED) {
            return false;
        }
        pause_a_second();
    }
}
