#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "mv_syscalls.h"

struct settings {
    double latitude;
    char locale[16];
};

static bool fetch(MvChannelHandle channel, uint8_t *value, uint32_t most, uint32_t *used) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    const struct MvConfigResponseReadItemParams item = {
        .item_index = 0,
        .result = &result,
        .buf = {.data = value, .size = most, .length = used},
    };
    return mvReadConfigResponseItem(channel, &item) == MV_STATUS_OKAY && result == MV_CONFIGKEYFETCHRESULT_OK;
}

bool read_settings(MvChannelHandle channel, struct settings *out) {
    uint8_t value[257] = {0};
    uint32_t length = 0;
    if (!fetch(channel, value, 256, &length)) return false;
    const char *locale = strstr((const char *)value, "\"locale\":\"");
    if (locale != NULL) {
        strcpy(out->locale, locale + 10); // expect: response-tainted-copy
        char *end = strchr(out->locale, '"');
        if (end != NULL) *end = '\0';
    }
    return true;
}
