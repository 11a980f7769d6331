#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

struct link {
    MvChannelHandle channel;
    int failures;
};

struct other {
    MvChannelHandle channel;
    int failures;
};

extern bool describe(struct MvOpenChannelParams *params);

/* Set to 0 whatever the close says. */
void link_close(struct link *link) {
    if (link->channel != 0) {
        if (mvCloseChannel(&link->channel) != MV_STATUS_OKAY) {
            link->failures++;
        }
        link->channel = 0;
    }
}

bool link_open(struct link *link) {
    struct MvOpenChannelParams params;
    return link->channel != 0
        || (describe(&params) && mvOpenChannel(&params, &link->channel) == MV_STATUS_OKAY);
}

/* The caller forgets everything when the close fails. */
static bool other_close(struct other *other) {
    return other->channel == 0 || mvCloseChannel(&other->channel) == MV_STATUS_OKAY;
}

void other_stop(struct other *other) {
    if (!other_close(other)) {
        memset(other, 0, sizeof *other);
    }
}

bool other_open(struct other *other) {
    struct MvOpenChannelParams params;
    return other->channel != 0
        || (describe(&params) && mvOpenChannel(&params, &other->channel) == MV_STATUS_OKAY);
}
