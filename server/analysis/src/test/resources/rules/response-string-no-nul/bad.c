#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

void log_line(const char *format, ...);
void parse(const char *text);

static char stored[64];

void header_fills_all(MvChannelHandle channel) {
    static char header[256] = {0};
    if (mvReadHttpResponseHeader(channel, 0, (uint8_t *)header, sizeof(header)) == MV_STATUS_OKAY) { // expect: response-string-no-nul
        log_line("header %s", header);
    }
}

void zeroed_but_full(MvChannelHandle channel) {
    uint8_t body[128];
    memset(body, 0, sizeof body);
    if (mvReadHttpResponseBody(channel, 0, body, 128) == MV_STATUS_OKAY) { // expect: response-string-no-nul
        printf("%u: %s\n", 1u, (char *)body);
    }
}

int never_set(MvChannelHandle channel) {
    char body[128];
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, 100) != MV_STATUS_OKAY) { // expect: response-string-no-nul
        return 0;
    }
    return strcmp(body, "on") == 0;
}

void as_long_as_the_data(MvChannelHandle channel) {
    struct MvHttpResponseData data;
    if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) {
        return;
    }
    char body[data.body_length];
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, data.body_length) == MV_STATUS_OKAY) { // expect: response-string-no-nul
        log_line("%s", body);
    }
}

void item(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result;
    uint32_t length;
    const struct MvConfigResponseReadItemParams params = {
        .item_index = 0,
        .result = &result,
        .buf = {.data = (uint8_t *)stored, .size = sizeof(stored), .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) != MV_STATUS_OKAY) { // expect: response-string-no-nul
        stored[0] == 'x' ? parse("x") : parse("y");
    }
}

size_t elsewhere(void) {
    return strlen(stored);
}

static enum MvStatus read_body(MvChannelHandle channel, uint8_t *to, uint32_t size) {
    return mvReadHttpResponseBody(channel, 0, to, size);
}

void through_helper(MvChannelHandle channel) {
    char text[100] = {0};
    if (read_body(channel, (uint8_t *)text, sizeof(text)) == MV_STATUS_OKAY) { // expect: response-string-no-nul
        char *alias = text;
        log_line("%s", alias);
    }
}

static void show(const char *text) {
    printf("%s", text);
}

void shown(MvChannelHandle channel) {
    char text[64];
    if (mvReadHttpResponseHeader(channel, 1, (uint8_t *)text, 63) == MV_STATUS_OKAY) { // expect: response-string-no-nul
        show(text);
    }
}

void sized_by_itself(MvChannelHandle channel, const struct MvHttpResponseData *data) {
    uint8_t text[data->body_length];
    if (mvReadHttpResponseBody(channel, 0, text, sizeof(text)) == MV_STATUS_OKAY) { // expect: response-string-no-nul
        printf("%s", (char *)text);
    }
}

/* The NUL goes into another array, by way of a pointer into that. */
int compared(MvChannelHandle channel, const struct MvHttpResponseData *data) {
    char text[data->body_length];
    char version[12];
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)text, data->body_length) != MV_STATUS_OKAY) { // expect: response-string-no-nul
        return 0;
    }
    const char *latest = strstr(text, "version=");
    if (latest == NULL) {
        return 0;
    }
    strncpy(version, latest + 8, sizeof(version) - 1);
    version[sizeof(version) - 1] = '\0';
    char *end = strpbrk(version, "\r\n");
    if (end != NULL) {
        *end = '\0';
    }
    return strcmp(version, "1.0") > 0;
}
