#include "mv_syscalls.h"

static volatile bool ready;

void TIM8_BRK_IRQHandler() { // expect: isr-c-linkage
    ready = true;
}

bool is_ready() {
    return ready;
}
