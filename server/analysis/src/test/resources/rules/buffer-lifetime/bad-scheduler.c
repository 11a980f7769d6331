#include "mv_syscalls.h"

extern int osKernelStart(void);
extern void stop(void);

/* main never returns, but the scheduler gives its stack to the interrupt handlers. */
int main(void) {
    uint8_t log_buffer[1024] __attribute__((aligned(512))); // expect: buffer-lifetime
    if (mvServerLoggingInit(log_buffer, sizeof log_buffer) != MV_STATUS_OKAY) {
        stop();
    }
    (void)osKernelStart();
    for (;;) {
    }
}
