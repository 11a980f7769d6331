#include "mv_syscalls.h"
#include <stdbool.h>
#include <string.h>

struct context {
    volatile bool readable;
    volatile bool lost;
    MvChannelHandle channel;
};

static struct context application;

static void handle(struct context *c) {
    c->readable = true;
    c->lost = true;
}

void TIM2_IRQHandler(void) {
    handle(&application);
}

static void read_answer(struct context *c) {
    struct MvHttpResponseData data;
    if (mvReadHttpResponseData(c->channel, &data) == MV_STATUS_OKAY
            && data.result == MV_HTTPRESULT_OK) {
        (void)mvCloseChannel(&c->channel);
    }
}

int main(void) {
    memset(&application, 0, sizeof application);
    struct context *c = &application;
    for (;;) {
        if (c->readable) { // expect: isr-flag-sticky
            read_answer(c);
        }
        if (c->lost) {
            c->lost = false;
            (void)mvCloseChannel(&c->channel);
        }
    }
}
