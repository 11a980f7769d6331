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

static void note(struct context *c, bool lost) {
    c->events++;
    if (lost) {
        c->lost = true;
    } else {
        c->readable = true;
    }
}

void TIM2_IRQHandler(void) {
    note(&application, false);
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
