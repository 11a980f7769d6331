#include "app.h"

static uint8_t log_buffer[LOG_BUFFER_SIZE_B] __attribute__((aligned(512)));
static bool log_ready = false;

static void post_log(bool is_err, char *format_string, va_list args);

/** Call once, before anything that logs. */
void log_start(void) {
    if (log_ready) {
        return;
    }
    enum MvStatus status = mvServerLoggingInit(log_buffer, LOG_BUFFER_SIZE_B);
    assert(status == MV_STATUS_OKAY);
    log_ready = true;
}

void server_log(char *format_string, ...) {
    va_list args;
    va_start(args, format_string);
    post_log(false, format_string, args);
    va_end(args);
}

void server_error(char *format_string, ...) {
    va_list args;
    va_start(args, format_string);
    post_log(true, format_string, args);
    va_end(args);
}

static void post_log(bool is_err, char *format_string, va_list args) {
    static char buffer[LOG_MESSAGE_MAX_LEN_B];
    int n = sprintf(buffer, "%s", is_err ? "[ERROR] " : "[DEBUG] ");
    vsnprintf(&buffer[n], sizeof(buffer) - (size_t)n, format_string, args);
    (void)mvServerLog((const uint8_t *)buffer, (uint16_t)strlen(buffer));
}
