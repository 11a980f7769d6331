#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "mv_syscalls.h"

enum { ITEM_HOST, ITEM_PORT, ITEM_USER };

static uint16_t port;
static char user[16];

static bool read_item(MvChannelHandle channel, uint32_t index, uint8_t *buffer, uint32_t size, uint32_t *length) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    const struct MvConfigResponseReadItemParams item = {
        .item_index = index,
        .result = &result,
        .buf = {.data = buffer, .size = size, .length = length},
    };
    return mvReadConfigResponseItem(channel, &item) == MV_STATUS_OKAY && result == MV_CONFIGKEYFETCHRESULT_OK;
}

bool read_port(MvChannelHandle channel) {
    uint8_t text[6];
    uint32_t length = 0;
    if (!read_item(channel, ITEM_PORT, text, sizeof(text), &length)) return false;
    text[length] = 0; // expect: config-value-overflow
    port = (uint16_t)strtoul((const char *)text, NULL, 10);
    return true;
}

static bool copy_user(MvChannelHandle channel, char *name) {
    uint8_t raw[64];
    uint32_t length = 0;
    if (!read_item(channel, ITEM_USER, raw, sizeof(raw), &length)) return false;
    memcpy(name, raw, length); // expect: config-value-overflow
    return true;
}

bool read_user(MvChannelHandle channel) {
    return copy_user(channel, user);
}
