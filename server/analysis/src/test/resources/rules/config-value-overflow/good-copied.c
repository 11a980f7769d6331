#include <string.h>
#include "mv_syscalls.h"

static uint8_t value[256];
static char name[64];

void compared(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = value, .size = sizeof(value), .length = &length}};
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY
        && result == MV_CONFIGKEYFETCHRESULT_OK) {
        size_t count = length;
        if (count > sizeof(name)) {
            count = sizeof(name);
        }
        memcpy(name, value, count);
    }
}

void refused(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = value, .size = sizeof(value) - 1, .length = &length}};
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY
        && result == MV_CONFIGKEYFETCHRESULT_OK) {
        uint32_t count = length;
        value[count] = 0;
        if (count >= sizeof(name)) {
            return;
        }
        memcpy(name, value, count + 1);
    }
}
