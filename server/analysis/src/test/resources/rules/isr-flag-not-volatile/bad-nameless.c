#include <stdbool.h>
#include "mv_syscalls.h"

static struct {
    struct {
        bool ready; // expect: isr-flag-not-volatile
        volatile bool done;
    };
    union {
        uint32_t word; // expect: isr-flag-not-volatile
        uint8_t bytes[4];
    };
} box;

void TIM8_BRK_IRQHandler(void) {
    box.ready = true;
    box.done = true;
    box.word = 3;
}

uint32_t wait(void) {
    while (!box.ready || !box.done) {
    }
    return box.word;
}
