#include <stdio.h>

#include "relay.h"

static uint8_t request_rx[BLOCKS(4)] CHANNEL_MEMORY;
static uint8_t request_tx[BLOCKS(2)] CHANNEL_MEMORY;

#define REQUEST_TIMEOUT_S 10
#define SECONDS(s) ((s) * 1000u)

static bool request_send(MvChannelHandle channel, const char *body) {
    char authorization[80];
    snprintf(authorization, sizeof authorization, "X-Relay-Key: %s", relay_settings.key);
    const struct MvHttpHeader headers[] = {
        {sizeof("Content-Type: application/json") - 1, (const uint8_t *)"Content-Type: application/json"},
        {strlen(authorization), (const uint8_t *)authorization},
    };
    const struct MvHttpRequest request = {
        .method = SIZED_LITERAL("POST"),
        .url = SIZED_STRING(relay_settings.url),
        .num_headers = LEN(headers),
        .headers = headers,
        .body = SIZED_STRING(body),
        .timeout_ms = SECONDS(REQUEST_TIMEOUT_S),
    };
    return OK(TRY(mvSendHttpRequest(channel, &request)));
}

static bool request_answer(MvChannelHandle channel) {
    struct MvHttpResponseData data;
    char answer[33] = "";
    CHECK(mvReadHttpResponseData(channel, &data));
    if (data.result != MV_HTTPRESULT_OK || data.status_code != 200) {
        return false;
    }
    CHECK(mvReadHttpResponseBody(channel, 0, (uint8_t *)answer, sizeof answer - 1));
    return strcmp(answer, "done") == 0;
fail:
    return false;
}

bool request_run(unsigned output, bool on) {
    MvChannelHandle channel = 0;
    bool done = false;
    char body[96];
    struct MvOpenChannelParams params = channel_params(
            TAG_request, MV_CHANNELTYPE_HTTP, request_rx, sizeof request_rx, request_tx, sizeof request_tx);

    snprintf(body, sizeof body, "{\"relay\":\"%s\",\"output\":%u,\"on\":%d}", relay_settings.name, output, on);
    CHECK(mvOpenChannel(&params, &channel));
    centre_forget(TAG_request);
    if (!request_send(channel, body)) {
        goto fail;
    }
    if (centre_wait(TAG_request, 15000)) {
        done = request_answer(channel);
    }
fail:
    channel_shut(&channel);
    return done;
}
