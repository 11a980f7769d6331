#include <stdbool.h>
#include <string.h>
#include "mv_syscalls.h"

struct profile {
    char host[96];
    char zone[24];
};

static struct profile profile;
static char page[512];

/* As much is read as there is room for, but the NUL goes where the far end says. */
bool page_read(MvChannelHandle channel) {
    struct MvHttpResponseData head;
    if (mvReadHttpResponseData(channel, &head) != MV_STATUS_OKAY || head.result != MV_HTTPRESULT_OK) {
        return false;
    }
    uint32_t fits = head.body_length;
    if (fits > sizeof(page) - 1) {
        fits = sizeof(page) - 1;
    }
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)page, fits) != MV_STATUS_OKAY) {
        return false;
    }
    page[head.body_length] = 0; // expect: config-value-overflow
    return true;
}

/* The callers give the whole array. */
static bool text_fetch(MvChannelHandle channel, uint32_t index, char *text, uint32_t room) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t used = 0;
    const struct MvConfigResponseReadItemParams params = {
        .item_index = index, .result = &result, .buf = {(uint8_t *)text, room, &used}};
    if (mvReadConfigResponseItem(channel, &params) != MV_STATUS_OKAY
        || result != MV_CONFIGKEYFETCHRESULT_OK) {
        return false;
    }
    text[used] = '\0'; // expect: config-value-overflow
    return true;
}

bool profile_fetch(MvChannelHandle channel) {
    return text_fetch(channel, 0, profile.host, sizeof(profile.host))
        && text_fetch(channel, 1, profile.zone, sizeof(profile.zone));
}
