#include <stdbool.h>
#include "mv_syscalls.h"

static MvChannelHandle a, b, c, d, e;

void note(int what);

bool open_all(const struct MvOpenChannelParams *params) {
    if (mvOpenChannel(&params[0], &a) != MV_STATUS_OKAY) {
        return false;
    }
    if (mvOpenChannel(&params[1], &b) != MV_STATUS_OKAY) {
        return false;
    }
    if (mvOpenChannel(&params[2], &c) != MV_STATUS_OKAY) {
        return false;
    }
    if (mvOpenChannel(&params[3], &d) != MV_STATUS_OKAY) {
        return false;
    }
    return mvOpenChannel(&params[4], &e) == MV_STATUS_OKAY; // expect: channel-limit
}

void close_all(void) {
    note((int)mvCloseChannel(&a) + (int)mvCloseChannel(&b) + (int)mvCloseChannel(&c));
    note((int)mvCloseChannel(&d) + (int)mvCloseChannel(&e));
}
