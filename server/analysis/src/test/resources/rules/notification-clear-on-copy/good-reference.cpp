#include "mv_syscalls.h"

static volatile MvNotification ring[8];
static volatile uint32_t at;

extern "C" void TIM2_IRQHandler(void) {
    volatile MvNotification &record = ring[at];
    at = (at + 1) % 8;
    record.event_type = MV_EVENTTYPE_NOEVENT;
}
