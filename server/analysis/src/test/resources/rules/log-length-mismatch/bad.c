#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

void literal(void) {
    (void)mvServerLog((const uint8_t *)"started", sizeof("started")); // expect: log-length-mismatch
    (void)mvServerLog((const uint8_t *)"started", 5); // expect: log-length-mismatch
}

void buffer(int n) {
    char line[100];
    snprintf(line, sizeof(line), "n = %d", n);
    (void)mvServerLog((const uint8_t *)line, sizeof(line)); // expect: log-length-mismatch
}
