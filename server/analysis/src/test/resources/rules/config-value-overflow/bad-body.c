#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "mv_syscalls.h"

extern MvChannelHandle channel;
void use(const uint8_t *bytes, uint32_t count);

static uint8_t body[512];

/* The length goes through a variable, a member, a copy of the structure, a helper function. */
void through_a_variable(void) {
    struct MvHttpResponseData data;
    if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) {
        return;
    }
    uint32_t length = data.body_length;
    if (mvReadHttpResponseBody(channel, 0, body, length) == MV_STATUS_OKAY) { // expect: config-value-overflow
        use(body, length);
    }
}

struct reply {
    enum MvStatus status;
    uint32_t code;
    uint32_t length;
};

static enum MvStatus read_head(struct MvHttpResponseData *data) {
    return mvReadHttpResponseData(channel, data);
}

void through_a_member(struct reply *reply) {
    struct MvHttpResponseData data;
    reply->status = read_head(&data);
    if (reply->status != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) {
        return;
    }
    reply->code = data.status_code;
    reply->length = data.body_length;
    if (reply->length == 0) {
        return;
    }
    reply->status = mvReadHttpResponseBody(channel, 0, body, reply->length); // expect: config-value-overflow
}

void through_a_copy(void) {
    struct MvHttpResponseData data;
    if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) {
        return;
    }
    struct MvHttpResponseData copy = data;
    uint8_t text[256];
    if (mvReadHttpResponseBody(channel, 0, text, copy.body_length) == MV_STATUS_OKAY) { // expect: config-value-overflow
        use(text, copy.body_length);
    }
}

/* A limit that is larger than the buffer is none. */
#define MAX_BODY 1024

void with_another_limit(void) {
    struct MvHttpResponseData data;
    if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) {
        return;
    }
    uint32_t length = data.body_length > MAX_BODY ? MAX_BODY : data.body_length;
    if (mvReadHttpResponseBody(channel, 0, body, length) == MV_STATUS_OKAY) { // expect: config-value-overflow
        use(body, length);
    }
}

/* The function that knows the length is not the one that reads. */
static struct MvHttpResponseData response;

bool head_arrived(void) {
    return mvReadHttpResponseData(channel, &response) == MV_STATUS_OKAY && response.result == MV_HTTPRESULT_OK;
}

bool body_arrived(void) {
    return mvReadHttpResponseBody(channel, 0, body, response.body_length) == MV_STATUS_OKAY; // expect: config-value-overflow
}
