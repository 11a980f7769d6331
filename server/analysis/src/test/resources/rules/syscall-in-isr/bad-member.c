#include <stdbool.h>
#include <string.h>
#include "mv_syscalls.h"

struct link;

struct link_ops {
    bool (*ready)(const struct link *link);
    void (*lost)(struct link *link);
};

struct link {
    const struct link_ops *ops;
    volatile bool readable;
};

static struct link uplink;

static bool is_ready(const struct link *link) {
    return link->readable;
}

static void tell(struct link *link) {
    static const char text[] = "lost";
    link->readable = false;
    (void)mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
}

static const struct link_ops ops = {.ready = is_ready, .lost = tell};

void TIM8_BRK_IRQHandler(void) {
    if (!uplink.ops->ready(&uplink)) {
        uplink.ops->lost(&uplink); // expect: syscall-in-isr
    }
}

int main(void) {
    uplink.ops = &ops;
    for (;;) {
    }
}
