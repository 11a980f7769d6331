#include <stdbool.h>
#include "mv_syscalls.h"

// The program sets this up as well as a handler does: it is no message from the handler, and what
// was set up in the line above is still so.
static bool ready;
static uint8_t log_buffer[1024] __attribute__((aligned(512)));

static void start_logging(void) {
    if (!ready) {
        if (mvServerLoggingInit(log_buffer, sizeof log_buffer) != MV_STATUS_OKAY) {
            return;
        }
        ready = true;
    }
}

void TIM8_BRK_IRQHandler(void) {
    start_logging();
}

int main(void) {
    start_logging();
    start_logging();
    for (;;) {
    }
}
