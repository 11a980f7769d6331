#include "app.h"

#include <stdarg.h>
#include <stdio.h>

static uint8_t store[4096] __attribute__((aligned(512)));
static osMutexId_t gate;

void log_begin(void) {
    if (mvServerLoggingInit(store, 4096) == MV_STATUS_OKAY) {
        gate = osMutexNew(NULL);
    }
}

void logf_line(const char *format, ...) {
    static char line[200];
    va_list arguments;
    osMutexAcquire(gate, osWaitForever);
    va_start(arguments, format);
    int count = vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    if (count > 0 && count < (int)sizeof(line)) {
        (void)mvServerLog((const uint8_t *)line, (uint16_t)count);
    }
    osMutexRelease(gate);
}
