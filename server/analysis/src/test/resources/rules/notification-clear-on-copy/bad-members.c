#include <stdbool.h>
#include "mv_syscalls.h"

static volatile struct MvNotification ring[8];
static volatile bool readable;

/* A record of volatile memory is copied member by member. */
void TIM2_IRQHandler(void) {
    static uint32_t at;
    struct MvNotification record;
    record.microseconds = ring[at].microseconds;
    record.event_type = ring[at].event_type;
    record.tag = ring[at].tag;
    if (record.event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
        readable = true;
    }
    at = (at + 1) % 8;
    record.event_type = MV_EVENTTYPE_NOEVENT; // expect: notification-clear-on-copy
}
