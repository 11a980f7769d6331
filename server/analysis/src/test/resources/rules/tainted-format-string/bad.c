#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

static void log_line(const char *format, ...) {
    char text[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
}

void printed(MvChannelHandle channel) {
    char body[128] = {0};
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof(body) - 1) == MV_STATUS_OKAY) {
        printf(body); // expect: tainted-format-string
    }
}

void logged(MvChannelHandle channel) {
    static uint8_t header[128] = {0};
    if (mvReadHttpResponseHeader(channel, 0, header, sizeof(header) - 1) == MV_STATUS_OKAY) {
        log_line((char *)header); // expect: tainted-format-string
    }
}

void formatted(MvChannelHandle channel, char *out, size_t size) {
    enum MvConfigKeyFetchResult result;
    uint32_t length = 0;
    char value[65] = {0};
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = (uint8_t *)value, .size = 64, .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY) {
        snprintf(out, size, value); // expect: tainted-format-string
    }
}

void copied(MvChannelHandle channel) {
    char body[128] = {0};
    char version[12];
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof(body) - 1) == MV_STATUS_OKAY) {
        const char *found = strstr(body, "version=");
        if (found != NULL) {
            strncpy(version, found + 8, sizeof(version) - 1);
            version[sizeof(version) - 1] = '\0';
            log_line(version); // expect: tainted-format-string
        }
    }
}

void put_into_a_line(MvChannelHandle channel) {
    char body[128] = {0};
    char line[160];
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof(body) - 1) == MV_STATUS_OKAY) {
        snprintf(line, sizeof(line), "Body: %s", body);
        printf(line); // expect: tainted-format-string
    }
}
