#include "mv_syscalls.h"
#include <stdbool.h>
#include <string.h>

struct context {
    volatile bool readable;
    volatile bool lost;
    volatile bool over;
    MvChannelHandle channel;
};

static struct context application;

void TIM2_IRQHandler(void) {
    struct context *c = &application;
    c->readable = true;
    c->lost = true;
    c->over = true;
}

/* Gives the whole structure a new value. */
static void restart(struct context *c) {
    memset(c, 0, sizeof *c);
}

static bool take(volatile bool *flag) {
    bool was = *flag;
    *flag = false;
    return was;
}

int main(void) {
    for (;;) {
        if (application.readable) {
            restart(&application);
        }
        if (take(&application.lost)) {
            (void)mvCloseChannel(&application.channel);
        }
        if (application.over) {
            break;
        }
    }
    return 0;
}
