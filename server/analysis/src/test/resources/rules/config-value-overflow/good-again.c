#include <stdbool.h>
#include <string.h>
#include "mv_syscalls.h"

static MvChannelHandle channel;
static char name[96];
static char key[48];

static bool item(uint32_t index, uint8_t *to, uint32_t room, uint32_t *length) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_KEYNOTFOUND;
    const struct MvConfigResponseReadItemParams params = {index, &result, {to, room, length}};
    return mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY && result == MV_CONFIGKEYFETCHRESULT_OK;
}

// One variable for the lengths of several values: the last read before a use decides.
bool load(void) {
    uint8_t raw[200];
    uint32_t length = 0;
    if (!item(0, raw, sizeof raw, &length)) return false;
    if (item(1, (uint8_t *)name, sizeof name - 1, &length)) {
        name[length] = '\0';
    }
    if (!item(2, (uint8_t *)key, sizeof key - 1, &length)) return false;
    key[length] = '\0';
    return true;
}
