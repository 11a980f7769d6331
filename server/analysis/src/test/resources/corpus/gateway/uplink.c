#include <stdio.h>
#include <string.h>

#include "gateway.h"

/* A request at a time, as a machine of states: idle -> waiting -> idle, or backing off. */
typedef enum { UPLINK_IDLE, UPLINK_WAITING, UPLINK_BACKOFF } state_t;

typedef uint8_t receive_block_t[4 * 512] __attribute__((aligned(512)));
typedef uint8_t send_block_t[2 * 512] __attribute__((aligned(512)));

static receive_block_t http_receive;
static send_block_t http_send;

static state_t state = UPLINK_IDLE;
static MvChannelHandle channel;
static uint32_t deadline;
static uint32_t backoff_ms = 2000;
static uint32_t sequence;

bool uplink_idle(void) {
    return state == UPLINK_IDLE;
}

static bool passed(uint32_t time) {
    return (int32_t)(osKernelGetTickCount() - time) >= 0;
}

static void shut(void) {
    if (channel != 0) {
        enum MvClosureReason reason;
        if (mvGetChannelClosureReason(channel, &reason) == MV_STATUS_OKAY && reason != MV_CLOSUREREASON_NONE) {
            log_line("uplink: channel closed for %d", (int)reason);
        }
        if (mvCloseChannel(&channel) != MV_STATUS_OKAY) {
            channel = 0;
        }
    }
}

static void back_off(void) {
    shut();
    deadline = osKernelGetTickCount() + backoff_ms;
    backoff_ms = backoff_ms < 60000 ? backoff_ms * 2 : 60000;
    state = UPLINK_BACKOFF;
}

static bool open_http(void) {
    struct MvOpenChannelParams params;
    memset(&params, 0, sizeof params);
    params.version = 1;
    params.v1.notification_handle = notify_centre();
    params.v1.notification_tag = TAG_HTTP;
    params.v1.network_handle = link_handle();
    params.v1.receive_buffer = http_receive;
    params.v1.receive_buffer_len = sizeof http_receive;
    params.v1.send_buffer = http_send;
    params.v1.send_buffer_len = sizeof http_send;
    params.v1.channel_type = MV_CHANNELTYPE_HTTP;
    params.v1.endpoint.data = (const uint8_t *)"";
    params.v1.endpoint.length = 0;
    return mvOpenChannel(&params, &channel) == MV_STATUS_OKAY;
}

static bool post(const settings_t *settings) {
    static char authorization[96];
    static char body[64];
    int head = snprintf(authorization, sizeof authorization, "Authorization: Bearer %s", settings->token);
    int length = snprintf(body, sizeof body, "{\"seq\":%lu}", (unsigned long)sequence++);
    if (head < 0 || head >= (int)sizeof authorization || length < 0 || length >= (int)sizeof body) {
        return false;
    }
    struct MvHttpHeader headers[] = {
        {.length = 30, .data = (const uint8_t *)"Content-Type: application/json"},
        {.length = (uint32_t)head, .data = (const uint8_t *)authorization},
    };
    struct MvHttpRequest request = {
        .method = {(const uint8_t *)"POST", 4},
        .url = {(const uint8_t *)settings->url, strlen(settings->url)},
        .num_headers = 2,
        .headers = headers,
        .body = {(const uint8_t *)body, (uint32_t)length},
        .timeout_ms = 5000,
    };
    enum MvStatus status = mvSendHttpRequest(channel, &request);
    if (status == MV_STATUS_CHANNELCLOSED || status == MV_STATUS_LATEFAULT) {
        log_line("uplink: channel is gone");
    }
    return status == MV_STATUS_OKAY;
}

static void take_response(void) {
    struct MvHttpResponseData data;
    if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY) {
        return;
    }
    if (data.result != MV_HTTPRESULT_OK) {
        log_line("uplink: request failed, %d", (int)data.result);
        return;
    }
    static char answer[129];
    uint32_t wanted = data.body_length < sizeof answer - 1 ? data.body_length : sizeof answer - 1;
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)answer, wanted) == MV_STATUS_OKAY) {
        answer[wanted] = '\0';
        log_line("uplink: %lu, %s", (unsigned long)data.status_code, answer);
    }
}

void uplink_step(const settings_t *settings, uint32_t flags) {
    switch (state) {
        case UPLINK_IDLE:
            if (!open_http() || !post(settings)) {
                back_off();
                break;
            }
            deadline = osKernelGetTickCount() + 15000;
            state = UPLINK_WAITING;
            break;
        case UPLINK_WAITING:
            if ((flags & EVT_HTTP_READY) != 0) {
                take_response();
                shut();
                backoff_ms = 2000;
                state = UPLINK_IDLE;
            } else if ((flags & EVT_HTTP_LOST) != 0 || passed(deadline)) {
                back_off();
            }
            break;
        case UPLINK_BACKOFF:
            if (passed(deadline)) {
                state = UPLINK_IDLE;
            }
            break;
    }
}
