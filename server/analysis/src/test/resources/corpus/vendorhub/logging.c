/**
 *
 * logging
 *
 */
#include "main.h"

static uint8_t log_buffer[3 * 1024] __attribute__((aligned(512)));
static osMutexId_t log_mutex;


void log_init(void) {

    enum MvStatus status = mvServerLoggingInit(log_buffer, sizeof(log_buffer));
    if (status != MV_STATUS_OKAY) while (1) { }
    log_mutex = osMutexNew(NULL);
}


static void post(const char *kind, const char *format, va_list args) {

    static char line[300];

    if (osMutexAcquire(log_mutex, 100) != osOK) return;
    size_t used = (size_t)sprintf(line, "[%s] ", kind);
    vsnprintf(line + used, sizeof(line) - used, format, args);
    (void)mvServerLog((const uint8_t *)line, (uint16_t)strlen(line));
    osMutexRelease(log_mutex);
}


void server_log(const char *format, ...) {

    va_list args;
    va_start(args, format);
    post("LOG", format, args);
    va_end(args);
}


void server_error(const char *format, ...) {

    va_list args;
    va_start(args, format);
    post("ERR", format, args);
    va_end(args);
}
