#include <stdbool.h>
#include "mv_syscalls.h"

static volatile bool received;
static uint32_t count;

void TIM2_IRQHandler(void) {
    received = true;
}

int main(void) {
    while (1) {
        if (received) { // expect: isr-flag-sticky
            count++;
        }
    }
}
