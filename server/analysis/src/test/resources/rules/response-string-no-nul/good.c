#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "mv_syscalls.h"

void log_line(const char *format, ...);
void finish(uint8_t *bytes, uint32_t length);

struct entry {
    char value[257];
    uint32_t length;
};

/* Zeroed, and one byte kept back. */
void header(MvChannelHandle channel) {
    static uint8_t buffer[256] = {0};
    memset((void *)buffer, 0x00, 256);
    if (mvReadHttpResponseHeader(channel, 0, buffer, 255) == MV_STATUS_OKAY) {
        log_line("Header %s", buffer);
    }
}

/* As long as the data and one byte more. */
void body(MvChannelHandle channel, const struct MvHttpResponseData *data) {
    uint8_t buffer[data->body_length + 1];
    memset((void *)buffer, 0x00, data->body_length + 1);
    if (mvReadHttpResponseBody(channel, 0, buffer, data->body_length) == MV_STATUS_OKAY) {
        log_line("%s", buffer);
    }
}

/* Ended by hand at the length received. */
void item(MvChannelHandle channel, struct entry *entry) {
    enum MvConfigKeyFetchResult result;
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = (uint8_t *)entry->value, .size = 256, .length = &entry->length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY) {
        entry->value[entry->length] = 0;
        log_line("%s", entry->value);
    }
}

/* Printed with a length. */
void bounded(MvChannelHandle channel) {
    uint8_t value[64];
    enum MvConfigKeyFetchResult result;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = value, .size = sizeof(value), .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY) {
        log_line("%.*s", (int)length, value);
        mvServerLog(value, (uint16_t)length);
        if (memcmp(value, "on", 2) == 0 && strncmp((char *)value, "on", length) == 0) {
            log_line("on");
        }
    }
}

void ended_after_check(MvChannelHandle channel, uint32_t length) {
    char text[100];
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)text, sizeof(text)) == MV_STATUS_OKAY) {
        if (length < sizeof(text)) {
            text[length] = '\0';
            log_line("%s", text);
        }
    }
}

static enum MvStatus read_text(MvChannelHandle channel, char *to, uint32_t size) {
    enum MvStatus status = mvReadHttpResponseBody(channel, 0, (uint8_t *)to, size - 1);
    to[size - 1] = 0;
    return status;
}

void ended_by_helper(MvChannelHandle channel) {
    char text[100] = {0};
    if (read_text(channel, text, sizeof(text)) == MV_STATUS_OKAY) {
        log_line("%s", text);
    }
}

/* Code out of sight may end it. */
void ended_out_of_sight(MvChannelHandle channel) {
    uint8_t text[100];
    if (mvReadHttpResponseBody(channel, 0, text, sizeof(text)) == MV_STATUS_OKAY) {
        finish(text, sizeof(text));
        log_line("%s", text);
    }
}

void ended_by_pointer(MvChannelHandle channel, uint32_t length) {
    char text[100];
    char *end = text + length;
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)text, 99) == MV_STATUS_OKAY) {
        *end = 0;
        log_line("%s", text);
    }
}

/* On the heap, one byte more, zeroed. */
void heap(MvChannelHandle channel, uint32_t length) {
    char *text = calloc(1, length + 1);
    if (text != NULL && mvReadHttpResponseBody(channel, 0, (uint8_t *)text, length) == MV_STATUS_OKAY) {
        log_line("%s", text);
    }
    free(text);
}

/* The text that is read as a string was written before. */
void reused(MvChannelHandle channel) {
    char text[100];
    strcpy(text, "before");
    log_line("%s", text);
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)text, sizeof(text)) == MV_STATUS_OKAY) {
        mvServerLog((const uint8_t *)text, sizeof(text));
    }
}
