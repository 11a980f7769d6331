#include <stdbool.h>
#include "mv_syscalls.h"

struct link;

struct link_ops {
    void (*close)(struct link *link);
    void (*lost)(struct link *link);
};

struct link {
    const struct link_ops *ops;
    MvChannelHandle channel;
    volatile bool gone;
};

static struct link uplink;

static void close_it(struct link *link) {
    (void)mvCloseChannel(&link->channel);
}

static void mark(struct link *link) {
    link->gone = true;
}

static const struct link_ops ops = {.close = close_it, .lost = mark};

/* Another member of the same table than the one that leads to a system call. */
void TIM8_BRK_IRQHandler(void) {
    uplink.ops->lost(&uplink);
}

int main(void) {
    uplink.ops = &ops;
    for (;;) {
        if (uplink.gone) {
            uplink.gone = false;
            uplink.ops->close(&uplink);
        }
    }
}
