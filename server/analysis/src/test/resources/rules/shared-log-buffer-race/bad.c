#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

void *osThreadNew(void (*function)(void *), void *argument, const void *attributes);

static void log_text(const char *format, ...) {
    static char text[256]; // expect: shared-log-buffer-race
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    (void)mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
}

static void blink(void *argument) {
    while (1) log_text("blink %p", argument);
}

static void fetch(void *argument) {
    while (1) log_text("fetch %p", argument);
}

void start(void) {
    osThreadNew(blink, 0, 0);
    osThreadNew(fetch, 0, 0);
}
