#include "app.h"

#include <string.h>

#define URL "https://api.example/reading"

MvChannelHandle channel = 0;

static uint8_t receive_area[1536] __attribute__((aligned(512)));
static uint8_t send_area[1024] __attribute__((aligned(512)));

bool channel_open(void) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre_handle,
               .notification_tag = 2,
               .network_handle = net_handle,
               .receive_buffer = receive_area,
               .receive_buffer_len = sizeof(receive_area),
               .send_buffer = send_area,
               .send_buffer_len = sizeof(send_area),
               .channel_type = MV_CHANNELTYPE_HTTP,
               .endpoint = {.data = (uint8_t *)"", .length = 0}}};
    enum MvStatus status;
    if ((status = mvOpenChannel(&params, &channel)) != MV_STATUS_OKAY) {
        logf_line("open: %d", (int)status);
        post(EV_OPEN_FAILED);
        return false;
    }
    return true;
}

void channel_close(void) {
    if (channel == 0) return;
    enum MvStatus status = mvCloseChannel(&channel);
    if (status != MV_STATUS_OKAY && status != MV_STATUS_CHANNELCLOSED) {
        logf_line("close: %d", (int)status);
    }
    channel = 0;
}

bool channel_request(void) {
    struct MvHttpHeader headers[] = {
        {.data = (uint8_t *)"Accept: application/json", .length = strlen("Accept: application/json")},
    };
    struct MvHttpRequest request = {
        .method = {.data = (uint8_t *)"GET", .length = 3},
        .url = {.data = (uint8_t *)URL, .length = strlen(URL)},
        .num_headers = 1,
        .headers = headers,
        .body = {.data = NULL, .length = 0},
        .timeout_ms = 5000};
    enum MvStatus status = mvSendHttpRequest(channel, &request);
    switch (status) {
        case MV_STATUS_OKAY:
            return true;
        case MV_STATUS_CHANNELCLOSED:
            logf_line("the channel had been closed");
            channel_close();
            return false;
        default:
            logf_line("send: %d", (int)status);
            return false;
    }
}

void channel_respond(void) {
    struct MvHttpResponseData response = {0};
    if (mvReadHttpResponseData(channel, &response) != MV_STATUS_OKAY) {
        return;
    }
    if (response.result == MV_HTTPRESULT_OK) {
        logf_line("status %u", (unsigned)response.status_code);
        for (uint32_t i = 0; i < response.num_headers; ++i) {
            uint8_t header[128] = {0};
            if (mvReadHttpResponseHeader(channel, i, header, sizeof(header) - 1) == MV_STATUS_OKAY) {
                logf_line("%s", (char *)header);
            }
        }
    } else {
        logf_line("result %d", (int)response.result);
    }
}
