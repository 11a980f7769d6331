#include <stdint.h>
#include <stdio.h>
#include "mv_syscalls.h"

static char city[65];

/* A config, not a secret. */
enum MvStatus ask(MvChannelHandle channel) {
    struct MvConfigKeyToFetch key;
    key.scope = MV_CONFIGKEYFETCHSCOPE_DEVICE;
    key.store = MV_CONFIGKEYFETCHSTORE_CONFIG;
    key.key.data = (const uint8_t *)"city";
    key.key.length = 4;
    const struct MvConfigKeyFetchParams request = {.num_items = 1, .keys_to_fetch = &key};
    return mvSendConfigFetchRequest(channel, &request);
}

void receive(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = (uint8_t *)city, .size = 64, .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY) {
        city[length] = 0;
        printf("city %s\n", city);
    }
}
