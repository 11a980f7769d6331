#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "mv_syscalls.h"

static char name[32];

/* One byte more than the call may write. */
void room_for_nul(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result;
    uint32_t length = 0;
    static char value[257];
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = (uint8_t *)value, .size = 256, .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY) {
        value[length] = '\0';
    }
}

bool checked(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result;
    uint32_t length = 0;
    uint8_t value[256];
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = value, .size = sizeof(value), .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) != MV_STATUS_OKAY || length >= sizeof(name)) {
        return false;
    }
    memcpy(name, value, length);
    name[length] = 0;
    return true;
}

void clamped(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result;
    uint32_t length = 0;
    uint8_t value[64];
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = value, .size = sizeof(value), .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY) {
        if (length > sizeof(value) - 1) length = sizeof(value) - 1;
        value[length] = 0;
    }
}

/* The target is as large as all that can come. */
void large_enough(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result;
    uint32_t length = 0;
    uint8_t value[64];
    uint8_t copy[64];
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = value, .size = sizeof(value), .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY) {
        memcpy(copy, value, length);
    }
}

void bounded_body(MvChannelHandle channel) {
    struct MvHttpResponseData data;
    uint8_t body[512];
    if (mvReadHttpResponseData(channel, &data) == MV_STATUS_OKAY && data.result == MV_HTTPRESULT_OK) {
        uint32_t size = data.body_length < sizeof(body) ? data.body_length : sizeof(body);
        (void)mvReadHttpResponseBody(channel, 0, body, size);
    }
}

void refused_body(MvChannelHandle channel) {
    struct MvHttpResponseData data;
    uint8_t body[512];
    if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK
            || data.body_length > sizeof(body)) {
        return;
    }
    (void)mvReadHttpResponseBody(channel, 0, body, data.body_length);
}
