#include "mv_syscalls.h"
#include <stdbool.h>

/* Flags are members: of a structure of their own, and of one that everybody gets a pointer to. */
struct context {
    bool readable; // expect: isr-flag-not-volatile
    volatile bool lost;
    uint32_t events; // expect: isr-flag-not-volatile
    uint32_t polls;
};

static struct context application;

static struct context *const shared = &application;

static void note(bool lost) {
    shared->events++;
    if (lost) {
        shared->lost = true;
    } else {
        application.readable = true;
    }
}

void TIM2_IRQHandler(void) {
    note(false);
}

static bool poll(struct context *c) {
    c->polls++;
    return c->readable || c->lost;
}

uint32_t run(void) {
    struct context *c = &application;
    while (!poll(c)) {
    }
    return c->events + c->polls;
}
