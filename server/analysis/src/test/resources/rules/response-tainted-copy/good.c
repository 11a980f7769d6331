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
