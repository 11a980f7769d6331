/* A handler that the vector table does not find. */
#include "mv_syscalls.h"

static volatile bool ready;

void TIM1_UP_IRQHandler();

void TIM1_UP_IRQHandler() {  // expect: isr-c-linkage
    ready = true;
}
