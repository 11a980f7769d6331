#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

static uint8_t log_buffer[1024] __attribute__((aligned(512)));

static void log_line(const char *text) {
    char line[100];
    snprintf(line, sizeof line, "[DEBUG] %s", text);
    mvServerLog((const uint8_t *)line, (uint16_t)strlen(line));
}

static void show_device(void) {
    log_line("device");
}

static enum MvStatus start_logging(void) {
    return mvServerLoggingInit(log_buffer, sizeof log_buffer);
}

int main(void) {
    show_device(); // expect: log-before-init
    log_line("starting"); // expect: log-before-init
    if (start_logging() != MV_STATUS_OKAY) {
        return 1;
    }
    log_line("started");
    while (1) {
    }
}
