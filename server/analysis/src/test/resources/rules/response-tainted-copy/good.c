#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

static char name[32];

void bounded(MvChannelHandle channel) {
    char line[64];
    char body[512] = {0};
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof(body) - 1) == MV_STATUS_OKAY) {
        snprintf(name, sizeof name, "%s", body);
        sprintf(line, "%.20s", body);
        strncpy(name, body, sizeof(name) - 1);
    }
}

void large_enough(MvChannelHandle channel) {
    char copy[256];
    char header[256] = {0};
    if (mvReadHttpResponseHeader(channel, 0, (uint8_t *)header, 255) == MV_STATUS_OKAY) {
        strcpy(copy, header);
    }
}

void measured(MvChannelHandle channel) {
    char body[512] = {0};
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof(body) - 1) == MV_STATUS_OKAY) {
        if (strlen(body) < sizeof(name)) {
            strcpy(name, body);
        }
    }
}

void with_width(MvChannelHandle channel) {
    char key[16];
    int value;
    char body[128] = {0};
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, 127) == MV_STATUS_OKAY) {
        if (sscanf(body, "%15s %d %*s", key, &value) == 2) {
            name[0] = key[0];
        }
    }
}

void own_text(MvChannelHandle channel) {
    char body[128] = {0};
    strcpy(name, "not from the network");
    (void)mvReadHttpResponseBody(channel, 0, (uint8_t *)body, 127);
    strcpy(name, "nor this");
}

static bool read_text(MvChannelHandle channel, uint32_t length, char *to, size_t room) {
    uint32_t n = length > room - 1 ? (uint32_t)(room - 1) : length;
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)to, n) != MV_STATUS_OKAY) {
        return false;
    }
    to[n] = 0;
    return true;
}

void as_large_as_the_copy(MvChannelHandle channel, uint32_t length) {
    char text[32];
    char large[256];
    if (read_text(channel, length, text, sizeof text)) {
        strcpy(name, text);
    }
    if (read_text(channel, length, large, 20)) {
        strcpy(name, large);
    }
}
