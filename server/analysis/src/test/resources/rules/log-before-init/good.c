#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

static uint8_t log_buffer[1024] __attribute__((aligned(512)));
static bool started = false;
static bool up = false;

/* Starts logging when it is needed first. */
static void start_logging(void) {
    if (!started) {
        started = mvServerLoggingInit(log_buffer, sizeof log_buffer) == MV_STATUS_OKAY;
    }
}

static void log_line(const char *text) {
    start_logging();
    mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
}

/* Silent until logging is up. */
static void trace(const char *text) {
    if (up) {
        mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
    }
}

static void say(const char *text) {
    printf("%s\n", text);
}

int main(void) {
    say("hello");
    trace("before");
    log_line("starting");
    up = true;
    trace("after");
    while (1) {
        log_line("round");
    }
}
