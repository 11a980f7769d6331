#include "mv_syscalls.h"
#include <stdbool.h>

struct context {
    bool readable;
    uint32_t events;
};

/* Volatile as a whole. */
static volatile struct context application;

/* The handler counts in one object, the rest of the program in another one. */
struct counters {
    uint32_t calls;
    uint32_t failures;
};

static struct counters of_handler;
static struct counters of_program;

static void count(struct counters *c) {
    c->calls++;
}

/* Read through a volatile pointer only. */
struct mailbox {
    bool full;
};

static struct mailbox mailbox;

/* Written by the handler, for the handler. */
static struct {
    uint32_t last;
} own;

void TIM2_IRQHandler(void) {
    volatile struct context *c = &application;
    c->events++;
    application.readable = true;
    count(&of_handler);
    mailbox.full = true;
    own.last = own.last + 1;
}

uint32_t run(void) {
    while (!application.readable) {
    }
    volatile struct mailbox *box = &mailbox;
    while (!box->full) {
    }
    struct context copy = {.readable = false, .events = 0};
    copy.events = application.events;
    count(&of_program);
    return of_program.calls + of_program.failures + copy.events;
}
