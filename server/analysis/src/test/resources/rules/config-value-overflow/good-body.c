#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "mv_syscalls.h"

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define CLAMP(x, most) ({ uint32_t x_ = (x); uint32_t most_ = (most); x_ > most_ ? most_ : x_; })

extern MvChannelHandle channel;
extern uint32_t room(void);
void use(const uint8_t *bytes, uint32_t count);

static uint8_t body[512];

static bool head(struct MvHttpResponseData *data) {
    return mvReadHttpResponseData(channel, data) == MV_STATUS_OKAY && data->result == MV_HTTPRESULT_OK;
}

static enum MvStatus read(uint8_t *buffer, uint32_t size) {
    return mvReadHttpResponseBody(channel, 0, buffer, size);
}

void with_min(void) {
    struct MvHttpResponseData data;
    if (head(&data)) {
        uint32_t length = MIN(data.body_length, sizeof body);
        if (mvReadHttpResponseBody(channel, 0, body, length) == MV_STATUS_OKAY) {
            use(body, length);
        }
    }
}

void with_clamp(void) {
    struct MvHttpResponseData data;
    if (head(&data) && read(body, CLAMP(data.body_length, sizeof(body))) == MV_STATUS_OKAY) {
        use(body, sizeof body);
    }
}

void with_early_return(void) {
    struct MvHttpResponseData data;
    if (!head(&data) || data.body_length > sizeof body) {
        return;
    }
    uint32_t length = data.body_length;
    if (mvReadHttpResponseBody(channel, 0, body, length) == MV_STATUS_OKAY) {
        use(body, length);
    }
}

void with_a_flag(void) {
    struct MvHttpResponseData data;
    if (!head(&data)) {
        return;
    }
    bool fits = data.body_length <= sizeof body;
    if (fits && mvReadHttpResponseBody(channel, 0, body, data.body_length) == MV_STATUS_OKAY) {
        use(body, data.body_length);
    }
}

void with_a_limit_of_others(void) {
    struct MvHttpResponseData data;
    if (!head(&data) || data.body_length > room()) {
        return;
    }
    if (mvReadHttpResponseBody(channel, 0, body, data.body_length) == MV_STATUS_OKAY) {
        use(body, data.body_length);
    }
}

void in_pieces(void) {
    struct MvHttpResponseData data;
    if (!head(&data)) {
        return;
    }
    for (uint32_t offset = 0; offset < data.body_length;) {
        uint32_t left = data.body_length - offset;
        uint32_t piece = left < sizeof body ? left : sizeof body;
        if (mvReadHttpResponseBody(channel, offset, body, piece) != MV_STATUS_OKAY) {
            return;
        }
        use(body, piece);
        offset += piece;
    }
}

struct reader {
    uint32_t length;
    uint8_t text[128];
};

void clamped_in_a_member(struct reader *reader) {
    struct MvHttpResponseData data;
    if (!head(&data)) {
        return;
    }
    reader->length = data.body_length;
    if (reader->length >= sizeof reader->text) {
        reader->length = sizeof reader->text - 1;
    }
    if (mvReadHttpResponseBody(channel, 0, reader->text, reader->length) == MV_STATUS_OKAY) {
        reader->text[reader->length] = 0;
    }
}

static struct MvHttpResponseData response;

bool head_arrived(void) {
    return head(&response) && response.body_length <= sizeof body;
}

bool body_arrived(void) {
    return mvReadHttpResponseBody(channel, 0, body, response.body_length) == MV_STATUS_OKAY;
}

/* What a value was received with is never more than the size that was asked for. */
bool config(char *name, uint32_t room_for_name) {
    uint8_t value[64];
    uint32_t length = 0;
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_OK;
    struct MvConfigResponseReadItemParams item = {
        .item_index = 0,
        .result = &result,
        .buf = {.data = value, .size = sizeof value, .length = &length},
    };
    char copy[65];
    if (mvReadConfigResponseItem(channel, &item) != MV_STATUS_OKAY || result != MV_CONFIGKEYFETCHRESULT_OK) {
        return false;
    }
    memcpy(copy, value, length);
    copy[length] = '\0';
    if (length >= room_for_name) {
        return false;
    }
    memcpy(name, copy, length + 1);
    return true;
}
