#include "mv_syscalls.h"
#include <stddef.h>

#define RECORDS 8
#define NEXT(c) ((c)->next = ((c)->next + 1) % 10)

struct centre {
    volatile struct MvNotification ring[RECORDS];
    volatile struct MvNotification *at;
    uint32_t next;
    uint32_t seen;
    uint32_t masked;
    uint32_t counted;
    uint32_t tested;
};

static struct centre centre;

static void by_macro(struct centre *c) {
    c->ring[c->next].event_type = MV_EVENTTYPE_NOEVENT;
    NEXT(c); // expect: notification-index-bound
}

static void in_place(struct centre *c) {
    c->ring[c->seen % 16].event_type = MV_EVENTTYPE_NOEVENT; // expect: notification-index-bound
    c->seen++;
}

static void by_mask(struct centre *c) {
    c->ring[c->masked].event_type = MV_EVENTTYPE_NOEVENT;
    c->masked = (c->masked + 1) & 3; // expect: notification-index-bound
}

static void by_condition(struct centre *c) {
    c->ring[c->counted].event_type = MV_EVENTTYPE_NOEVENT;
    c->counted = c->counted + 1 < 6 ? c->counted + 1 : 0; // expect: notification-index-bound
}

static void tested_before(struct centre *c) {
    uint32_t at = c->tested;
    c->ring[at].event_type = MV_EVENTTYPE_NOEVENT;
    if (c->tested == RECORDS) { // expect: notification-index-bound
        c->tested = 0;
    } else {
        c->tested++;
    }
}

static void by_pointer(struct centre *c) {
    c->at->event_type = MV_EVENTTYPE_NOEVENT;
    c->at++;
    if (c->at == c->ring + 9) { // expect: notification-index-bound
        c->at = c->ring;
    }
}

void TIM2_IRQHandler(void) {
    by_macro(&centre);
    in_place(&centre);
    by_mask(&centre);
    by_condition(&centre);
    tested_before(&centre);
    by_pointer(&centre);
}
