#include "mv_syscalls.h"

#define RECORDS 8
enum { OTHERS = 4 };
static volatile struct MvNotification ring[RECORDS];
static volatile struct MvNotification others[OTHERS];
static volatile uint32_t at, at_others, at_masked, at_compared;
static uint32_t last, table[3], unrelated;

void TIM2_IRQHandler(void) {
    last = ring[at].event_type;
    at = (at + 1) % (sizeof(ring) / sizeof(ring[0]));
    last = table[unrelated];
    unrelated = (unrelated + 1) % 3;
}

void TIM3_IRQHandler(void) {
    last = others[at_others].event_type;
    at_others = (at_others + 1) % OTHERS;
}

void TIM4_IRQHandler(void) {
    last = ring[at_masked].event_type;
    at_masked = (at_masked + 1) & (RECORDS - 1);
}

void TIM5_IRQHandler(void) {
    last = ring[at_compared].event_type;
    if (++at_compared == RECORDS) at_compared = 0;
}
