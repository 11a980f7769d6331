#include <stdio.h>

#include "relay.h"

/* The linker script puts the log where the old firmware had it: aligned, 4 KiB. */
extern uint8_t __log_start__[];
extern uint8_t __log_end__[];

static SemaphoreHandle_t lock;

bool trace_start(void) {
    lock = xSemaphoreCreateMutex();
    return OK(mvServerLoggingInit(__log_start__, (uint32_t)(__log_end__ - __log_start__)));
}

void relay_trace(const char *file, int line, const char *what, unsigned status) {
    static char text[160];
    if (xSemaphoreTake(lock, pdMS_TO_TICKS(50)) != pdTRUE) {
        return;
    }
    int length = snprintf(text, sizeof text, "%s:%d: %s = %u", file, line, what, status);
    if (length > 0) {
        UNUSED(mvServerLog((const uint8_t *)text, (uint16_t)MIN((size_t)length, sizeof text - 1)));
    }
    UNUSED(xSemaphoreGive(lock));
}
