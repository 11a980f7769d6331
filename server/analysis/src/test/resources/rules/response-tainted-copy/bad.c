#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

static char name[32];

void copied(MvChannelHandle channel) {
    char body[512] = {0};
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof(body) - 1) == MV_STATUS_OKAY) {
        strcpy(name, body); // expect: response-tainted-copy
    }
}

void printed(MvChannelHandle channel) {
    char line[64];
    static uint8_t header[256] = {0};
    if (mvReadHttpResponseHeader(channel, 0, header, 255) == MV_STATUS_OKAY) {
        sprintf(line, "header %s", (char *)header); // expect: response-tainted-copy
    }
}

void scanned(MvChannelHandle channel) {
    char key[16];
    int value;
    char body[128] = {0};
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, 127) == MV_STATUS_OKAY) {
        if (sscanf(body, "%s %d", key, &value) == 2) { // expect: response-tainted-copy
            name[0] = key[0];
        }
    }
}

void any_length(MvChannelHandle channel, const struct MvHttpResponseData *data) {
    char body[data->body_length + 1];
    memset(body, 0, data->body_length + 1);
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, data->body_length) == MV_STATUS_OKAY) {
        strcpy(name, body); // expect: response-tainted-copy
    }
}

/* Reads as much as fits the memory of its caller, and ends it. */
static bool read_text(MvChannelHandle channel, uint32_t length, char *to, size_t room) {
    uint32_t n = length > room - 1 ? (uint32_t)(room - 1) : length;
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)to, n) != MV_STATUS_OKAY) {
        return false;
    }
    to[n] = 0;
    return true;
}

void larger_than_the_copy(MvChannelHandle channel, const struct MvHttpResponseData *data) {
    char text[256];
    if (read_text(channel, data->body_length, text, sizeof text)) {
        strcpy(name, text); // expect: response-tainted-copy
    }
}
