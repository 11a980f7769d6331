#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

/* Empties what it is given before it fills all but the last byte. */
static int header(MvChannelHandle channel, uint32_t index, char *out, uint32_t size) {
    memset(out, 0, size);
    if (mvReadHttpResponseHeader(channel, index, (uint8_t *)out, size - 1) != MV_STATUS_OKAY) {
        return -1;
    }
    return (int)strlen(out);
}

void print_header(MvChannelHandle channel) {
    char line[64];
    if (header(channel, 0, line, sizeof(line)) > 0) {
        puts(line);
    }
}
