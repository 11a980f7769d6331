#include <stdbool.h>
#include "mv_syscalls.h"

static bool received; // expect: isr-flag-not-volatile
uint32_t count; // expect: isr-flag-not-volatile

static void note(void) {
    count++;
}

void TIM2_IRQHandler(void) {
    received = true;
    note();
}

void wait(void) {
    while (!received) {
    }
    received = false;
}

uint32_t events(void) {
    return count;
}
