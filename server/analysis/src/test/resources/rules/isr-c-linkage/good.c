#include "mv_syscalls.h"

static volatile uint32_t count;

void TIM8_BRK_IRQHandler(void) {
    count = count + 1;
}
