#include <stdbool.h>

#include "mv_syscalls.h"

/* What the compiler checks, and other words of C11, stand beside code that is wrong. */
#define RECORDS 8

void NVIC_EnableIRQ(int number);

struct source {
    uint32_t tag;
    uint32_t count;
    _Static_assert(sizeof(uint32_t) == 4, "words, of four bytes");
};
_Static_assert(sizeof(struct source) == 8, "as in the file");

static volatile struct MvNotification ring[RECORDS] __attribute__((aligned(8)));
static MvNotificationHandle centre;
static volatile uint32_t next;
static _Atomic uint32_t events;

bool open_centre(void) {
    _Static_assert(sizeof ring % 16 == 0, "whole records");
    const struct MvNotificationSetup setup = {
        .irq = 51, // expect: irq-not-enabled
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof ring,
    };
    return mvSetupNotifications(&setup, &centre) == MV_STATUS_OKAY;
}

uint32_t taken(void) {
    uint32_t count = events;
    events = 0;
    return count;
}

void TIM8_BRK_IRQHandler(void) {
    while (ring[next].event_type != MV_EVENTTYPE_NOEVENT) {
        events = events + 1;
        ring[next].event_type = MV_EVENTTYPE_NOEVENT;
        next = (next + 1) % RECORDS;
    }
}

int main(void) {
    bool opened = open_centre();
    while (opened) {
        (void)taken();
    }
    return 1;
}
