#include "mv_syscalls.h"

static uint8_t log_buffer[1024] __attribute__((aligned(512)));

void set_up_pins(void);

void start(void) {
    (void)mvServerLoggingInit(log_buffer, sizeof log_buffer);
    set_up_pins();
    mvServerLoggingInit(log_buffer, sizeof log_buffer); // expect: double-init
}
