#include <stdbool.h>
#include "mv_syscalls.h"

static volatile bool received;
static bool task_only;
static uint32_t handler_only;

void TIM2_IRQHandler(void) {
    received = true;
    handler_only++;
}

void wait(void) {
    while (!received) {
    }
    received = false;
    task_only = true;
}

bool done(void) {
    return task_only;
}
