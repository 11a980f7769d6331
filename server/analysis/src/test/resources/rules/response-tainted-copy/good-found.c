#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "mv_syscalls.h"

struct settings {
    double latitude;
    char locale[16];
    char unit[300];
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
    const char *latitude = strstr((const char *)value, "\"lat\":");
    const char *locale = strstr((const char *)value, "\"locale\":\"");
    const char *unit = strstr((const char *)value, "\"unit\":\"");
    if (latitude != NULL) out->latitude = strtod(latitude + 6, NULL);
    if (locale != NULL) snprintf(out->locale, sizeof(out->locale), "%.5s", locale + 10);
    if (unit != NULL) strcpy(out->unit, unit + 8); // room for all of it
    return true;
}
