#include <stdbool.h>
#include "mv_syscalls.h"

static volatile struct MvNotification ring[8];
static struct MvNotification plain[8];
static volatile uint32_t at;
static volatile bool readable;

void TIM2_IRQHandler(void) {
    struct MvNotification record = ring[at];
    if (record.event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
        readable = true;
        at = (at + 1) % 8;
        record.event_type = 0; // expect: notification-clear-on-copy
    }
}

void TIM8_BRK_IRQHandler(void) {
    struct MvNotification record = plain[at];
    at = (at + 1) % 8;
    record.event_type = MV_EVENTTYPE_NOEVENT; // expect: notification-clear-on-copy
}
