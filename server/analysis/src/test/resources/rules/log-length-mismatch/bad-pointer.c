#include <string.h>
#include "mv_syscalls.h"

void log_line(const char *line) {
    (void)mvServerLog((const uint8_t *)line, sizeof line); // expect: log-length-mismatch
    (void)mvServerLog((const uint8_t *)line, (uint16_t)sizeof(line)); // expect: log-length-mismatch
    (void)mvServerLog((const uint8_t *)line, (uint16_t)strlen(line));
}
