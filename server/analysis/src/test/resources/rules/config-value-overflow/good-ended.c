#include <stdbool.h>
#include <string.h>
#include "mv_syscalls.h"

struct profile {
    char host[96];
    char zone[24];
};

static struct profile profile;
static char page[512];

bool page_read(MvChannelHandle channel) {
    struct MvHttpResponseData head;
    if (mvReadHttpResponseData(channel, &head) != MV_STATUS_OKAY || head.result != MV_HTTPRESULT_OK) {
        return false;
    }
    uint32_t fits = head.body_length < sizeof(page) ? head.body_length : sizeof(page) - 1;
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)page, fits) != MV_STATUS_OKAY) {
        return false;
    }
    page[fits] = 0;
    return true;
}

bool page_read_or_refuse(MvChannelHandle channel) {
    struct MvHttpResponseData head;
    if (mvReadHttpResponseData(channel, &head) != MV_STATUS_OKAY || head.result != MV_HTTPRESULT_OK
        || head.body_length >= sizeof(page)) {
        return false;
    }
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)page, head.body_length) != MV_STATUS_OKAY) {
        return false;
    }
    page[head.body_length] = 0;
    return true;
}

/* One byte is kept back for the NUL. */
static bool text_fetch(MvChannelHandle channel, uint32_t index, char *text, uint32_t room) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t used = 0;
    const struct MvConfigResponseReadItemParams params = {
        .item_index = index, .result = &result, .buf = {(uint8_t *)text, room - 1, &used}};
    if (mvReadConfigResponseItem(channel, &params) != MV_STATUS_OKAY
        || result != MV_CONFIGKEYFETCHRESULT_OK) {
        return false;
    }
    text[used] = '\0';
    return true;
}

/* The callers keep it back. */
static bool text_fetch_at_most(MvChannelHandle channel, uint32_t index, char *text, uint32_t most) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t used = 0;
    const struct MvConfigResponseReadItemParams params = {
        .item_index = index, .result = &result, .buf = {(uint8_t *)text, most, &used}};
    if (mvReadConfigResponseItem(channel, &params) != MV_STATUS_OKAY
        || result != MV_CONFIGKEYFETCHRESULT_OK) {
        return false;
    }
    text[used] = '\0';
    return true;
}

bool profile_fetch(MvChannelHandle channel) {
    return text_fetch(channel, 0, profile.host, sizeof(profile.host))
        && text_fetch_at_most(channel, 1, profile.zone, sizeof(profile.zone) - 1);
}

/* Of a size that is not known nothing is said. */
bool text_for(MvChannelHandle channel, char *text, uint32_t room) {
    return text_fetch_at_most(channel, 2, text, room);
}

/* Ends the text where the room ends, when there is more. */
bool text_cut(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t used = 0;
    const struct MvConfigResponseReadItemParams params = {
        .item_index = 3, .result = &result,
        .buf = {(uint8_t *)profile.zone, sizeof(profile.zone), &used}};
    if (mvReadConfigResponseItem(channel, &params) != MV_STATUS_OKAY
        || result != MV_CONFIGKEYFETCHRESULT_OK) {
        return false;
    }
    profile.zone[used < sizeof(profile.zone) ? used : sizeof(profile.zone) - 1] = '\0';
    return true;
}
