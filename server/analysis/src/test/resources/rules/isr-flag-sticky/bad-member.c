#include <stdbool.h>
#include "mv_syscalls.h"


struct events {
    volatile bool readable;
    uint32_t count;
};

static struct events events;

void TIM8_BRK_IRQHandler(void) {
    events.readable = true;
}

int main(void) {
    while (true) {
        if (events.readable) { // expect: isr-flag-sticky
            events.count++;
        }
    }
}
