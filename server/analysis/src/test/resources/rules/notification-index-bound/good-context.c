#include "mv_syscalls.h"
#include <stddef.h>

#define RECORDS 8
#define NEXT(c) ((c)->next = ((c)->next + 1) % RECORDS)

struct centre {
    volatile struct MvNotification ring[RECORDS];
    volatile struct MvNotification *at;
    uint32_t next;
    uint32_t seen;
    uint32_t masked;
    uint32_t counted;
    uint32_t tested;
    uint32_t rounds;
};

static struct centre centre;

/* Another structure has a member of the same name, and a ring of its own. */
struct other {
    volatile struct MvNotification ring[16];
    uint32_t next;
};

static struct other other;

static void by_macro(struct centre *c) {
    c->ring[c->next].event_type = MV_EVENTTYPE_NOEVENT;
    NEXT(c);
}

static void in_place(struct centre *c) {
    c->ring[c->seen % RECORDS].event_type = MV_EVENTTYPE_NOEVENT;
    c->seen++;
    c->rounds = c->seen % 100;
}

static void by_mask(struct centre *c) {
    c->ring[c->masked].event_type = MV_EVENTTYPE_NOEVENT;
    c->masked = (c->masked + 1) & (RECORDS - 1);
}

static void by_condition(struct centre *c) {
    c->ring[c->counted].event_type = MV_EVENTTYPE_NOEVENT;
    c->counted = c->counted + 1 < RECORDS ? c->counted + 1 : 0;
}

static void tested_before(struct centre *c) {
    uint32_t at = c->tested;
    c->ring[at].event_type = MV_EVENTTYPE_NOEVENT;
    if (c->tested == RECORDS - 1) {
        c->tested = 0;
    } else {
        c->tested++;
    }
}

static void by_pointer(struct centre *c) {
    c->at->event_type = MV_EVENTTYPE_NOEVENT;
    c->at++;
    if (c->at == &c->ring[RECORDS]) {
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

void TIM3_IRQHandler(void) {
    other.ring[other.next].event_type = MV_EVENTTYPE_NOEVENT;
    if (++other.next >= sizeof other.ring / sizeof other.ring[0]) {
        other.next = 0;
    }
}
