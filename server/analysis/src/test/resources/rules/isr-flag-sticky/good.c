#include <stdbool.h>
#include "mv_syscalls.h"

static volatile bool received, started, both;
static uint32_t count;

void TIM2_IRQHandler(void) {
    received = true;
    started = true;
    both = !both;
}

int main(void) {
    while (!started) {
    }
    while (1) {
        if (received) {
            received = false;
            count++;
        }
        if (both) {
            count++;
        }
    }
}
