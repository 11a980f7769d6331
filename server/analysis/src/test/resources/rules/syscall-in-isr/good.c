#include <stdbool.h>
#include "mv_syscalls.h"

#define RCC_SET(reg, bit) ((reg) |= (bit))
static volatile bool received;
static volatile uint32_t shadow;

static void note(void) {
    received = true;
}

void TIM8_BRK_IRQHandler(void) {
    note();
    RCC_SET(shadow, 1u);
}

void poll(void) {
    if (received) {
        received = false;
        (void)mvSystemLedEnable(1);
    }
}
