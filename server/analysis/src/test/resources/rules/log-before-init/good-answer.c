#include <string.h>
#include "mv_syscalls.h"

static uint8_t log_buffer[1024] __attribute__((aligned(512)));

/* Logging starts when a message is refused, and the message is sent again. */
static void log_line(const char *text) {
    uint16_t length = (uint16_t)strlen(text);
    if (mvServerLog((const uint8_t *)text, length) == MV_STATUS_UNAVAILABLE
        && mvServerLoggingInit(log_buffer, sizeof log_buffer) == MV_STATUS_OKAY) {
        (void)mvServerLog((const uint8_t *)text, length);
    }
}

int main(void) {
    log_line("started");
    for (;;) {
    }
}
