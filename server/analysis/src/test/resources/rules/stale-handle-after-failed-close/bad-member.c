#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

struct link {
    MvNetworkHandle network;
    MvChannelHandle channel;
    int failures;
};

extern bool describe(const struct link *link, struct MvOpenChannelParams *params);

void link_init(struct link *link) {
    link->network = 0;
    link->channel = 0;
    link->failures = 0;
}

void link_close(struct link *link) {
    if (link->channel != 0) {
        if (mvCloseChannel(&link->channel) != MV_STATUS_OKAY) { // expect: stale-handle-after-failed-close
            link->failures++;
        }
    }
}

bool link_open(struct link *link) {
    struct MvOpenChannelParams params;
    if (link->channel != 0) {
        return true;
    }
    return describe(link, &params) && mvOpenChannel(&params, &link->channel) == MV_STATUS_OKAY;
}

static struct link cloud;

int main(void) {
    link_init(&cloud);
    for (;;) {
        if (link_open(&cloud)) {
            puts("open");
        }
        link_close(&cloud);
    }
}
