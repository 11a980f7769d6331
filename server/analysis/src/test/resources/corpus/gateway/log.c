#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gateway.h"

#define LOG_AREA_BYTES 5120
#define LOG_LINE 256

static uint8_t log_area[LOG_AREA_BYTES] __attribute__((aligned(512)));
static osMutexId_t log_lock;

bool log_init(void) {
    log_lock = osMutexNew(NULL);
    return log_lock != NULL && mvServerLoggingInit(log_area, sizeof log_area) == MV_STATUS_OKAY;
}

/* Two tasks log, so the line is under a lock. */
void log_line(const char *fmt, ...) {
    static char line[LOG_LINE];
    if (osMutexAcquire(log_lock, 100) != osOK) {
        return;
    }
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    if (n > 0) {
        uint16_t length = (uint16_t)((size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
        (void)mvServerLog((const uint8_t *)line, length);
    }
    (void)osMutexRelease(log_lock);
}
