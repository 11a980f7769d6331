#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

static uint8_t record[16];

void right(int n) {
    char line[100];
    int length = snprintf(line, sizeof(line), "n = %d", n);
    (void)mvServerLog((const uint8_t *)"started", 7);
    (void)mvServerLog((const uint8_t *)"started", strlen("started"));
    (void)mvServerLog((const uint8_t *)line, (uint16_t)length);
    (void)mvServerLog((const uint8_t *)line, strlen(line));
    (void)mvServerLog(record, sizeof(record));
}
