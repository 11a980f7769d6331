#include "mv_syscalls.h"

static volatile struct MvNotification ring[8];
static volatile uint32_t at;
static uint32_t last;

void TIM2_IRQHandler(void) {
    volatile struct MvNotification *record = &ring[at];
    at = (at + 1) % 8;
    last = record->event_type;
    record->event_type = MV_EVENTTYPE_NOEVENT;
}

void TIM8_BRK_IRQHandler(void) {
    struct MvNotification copy = ring[at];
    last = copy.event_type;
    ring[at].event_type = MV_EVENTTYPE_NOEVENT;
}

void builds_one(struct MvNotification *out) {
    struct MvNotification record = {0};
    record.event_type = MV_EVENTTYPE_UPDATEDOWNLOADED;
    *out = record;
}
