#include <string.h>
#include "mv_syscalls.h"

static uint8_t value[256];
static char name[64];

void copied(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = value, .size = sizeof(value), .length = &length}};
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY
        && result == MV_CONFIGKEYFETCHRESULT_OK) {
        size_t count = length;
        memcpy(name, value, count); // expect: config-value-overflow
    }
}

void ended(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = value, .size = sizeof(value), .length = &length}};
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY
        && result == MV_CONFIGKEYFETCHRESULT_OK) {
        uint32_t end = length;
        value[end] = 0; // expect: config-value-overflow
    }
}
