#include "mv_syscalls.h"

#define RECORDS 8
static volatile struct MvNotification ring[4];
static volatile struct MvNotification large[16];
static volatile uint32_t at, at_large, at_masked, at_compared;
static uint32_t last;

void TIM2_IRQHandler(void) {
    last = ring[at].event_type;
    at = (at + 1) % RECORDS; // expect: notification-index-bound
}

void TIM3_IRQHandler(void) {
    last = large[at_large].event_type;
    at_large = (at_large + 1) % 8; // expect: notification-index-bound
}

void TIM4_IRQHandler(void) {
    last = large[at_masked].event_type;
    at_masked = (at_masked + 1) & 7; // expect: notification-index-bound
}

void TIM5_IRQHandler(void) {
    last = ring[at_compared].event_type;
    if (++at_compared >= 5) { // expect: notification-index-bound
        at_compared = 0;
    }
}
