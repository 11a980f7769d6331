#include "mv_syscalls.h"

extern void stop(void);
extern void work(void);

/* Without a scheduler the stack of main stays its own. */
int main(void) {
    uint8_t log_buffer[1024] __attribute__((aligned(512)));
    if (mvServerLoggingInit(log_buffer, sizeof log_buffer) != MV_STATUS_OKAY) {
        stop();
    }
    for (;;) {
        work();
    }
}
