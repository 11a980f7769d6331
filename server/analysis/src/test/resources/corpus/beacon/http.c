#include "app.h"

/* Entities for the request channel: the buffers belong to Microvisor while it is open. */
uint8_t http_rx_buffer[HTTP_RX_BUFFER_SIZE_B] __attribute__((aligned(512)));
uint8_t http_tx_buffer[HTTP_TX_BUFFER_SIZE_B] __attribute__((aligned(512)));

struct {
    MvNotificationHandle notification;
    MvChannelHandle channel;
} http_handles = {0, 0};

static volatile struct MvNotification http_notification_center[HTTP_NT_BUFFER_SIZE_R] __attribute__((aligned(8)));
static volatile uint32_t current_notification_index = 0;

volatile bool received_request = false;
volatile bool channel_was_closed = false;
static volatile bool write_space = false;

void http_notification_center_setup(void) {
    memset((void *)http_notification_center, 0x00, sizeof(http_notification_center));
    static struct MvNotificationSetup http_notification_setup = {
        .irq = TIM8_BRK_IRQn,
        .buffer = (struct MvNotification *)http_notification_center,
        .buffer_size = sizeof(http_notification_center)};

    enum MvStatus status = mvSetupNotifications(&http_notification_setup, &http_handles.notification);
    assert((status == MV_STATUS_OKAY) && "Could not set up the notification center");
    NVIC_ClearPendingIRQ(TIM8_BRK_IRQn);
    NVIC_EnableIRQ(TIM8_BRK_IRQn);
    server_log("Notification center handle: %lu", (unsigned long)http_handles.notification);
}

enum MvStatus http_open_channel(void) {
    static char endpoint[] = "";
    struct MvOpenChannelParams channel_config = {
        .version = 1,
        .v1 = {
            .notification_handle = http_handles.notification,
            .notification_tag = USER_TAG_HTTP_OPEN_CHANNEL,
            .network_handle = get_net_handle(),
            .receive_buffer = (uint8_t *)http_rx_buffer,
            .receive_buffer_len = HTTP_RX_BUFFER_SIZE_B,
            .send_buffer = (uint8_t *)http_tx_buffer,
            .send_buffer_len = HTTP_TX_BUFFER_SIZE_B,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (uint8_t *)endpoint, .length = 0},
        }};

    channel_was_closed = false;
    enum MvStatus status = mvOpenChannel(&channel_config, &http_handles.channel);
    if (status == MV_STATUS_OKAY) {
        server_log("HTTP channel handle: %lu", (unsigned long)http_handles.channel);
    } else {
        server_error("HTTP channel closed. Status: %i", status);
    }
    return status;
}

bool http_channel_is_open(void) {
    return http_handles.channel != 0;
}

void http_close_channel(void) {
    if (http_handles.channel != 0) {
        enum MvStatus status = mvCloseChannel(&http_handles.channel);
        if (status != MV_STATUS_OKAY && status != MV_STATUS_CHANNELCLOSED) {
            server_error("Could not close channel: %i", status);
            http_handles.channel = 0;
        }
    }
}

enum MvStatus http_send_request(uint32_t item_number) {
    if (http_handles.channel == 0) {
        return MV_STATUS_INVALIDHANDLE;
    }
    const char verb[] = "GET";
    const char body[] = "";
    char uri[64] = "";
    snprintf(uri, sizeof(uri), "https://jsonplaceholder.typicode.com/todos/%lu", (unsigned long)item_number);
    struct MvHttpHeader hdrs[] = {};
    struct MvHttpRequest request_config = {
        .method = {.data = (uint8_t *)verb, .length = strlen(verb)},
        .url = {.data = (uint8_t *)uri, .length = strlen(uri)},
        .num_headers = 0,
        .headers = hdrs,
        .body = {.data = (uint8_t *)body, .length = strlen(body)},
        .timeout_ms = 10000
    };

    received_request = false;
    enum MvStatus status = mvSendHttpRequest(http_handles.channel, &request_config);
    if (status == MV_STATUS_OKAY) {
        server_log("Request sent to the Twilio cloud");
        return status;
    }
    if (status == MV_STATUS_CHANNELCLOSED) {
        server_error("HTTP channel %lu already closed", (unsigned long)http_handles.channel);
    } else {
        server_error("Could not issue request. Status: %i", status);
    }
    return status;
}

static void output_headers(uint32_t n) {
    for (uint32_t i = 0; i < n; ++i) {
        uint8_t buffer[256];
        memset((void *)buffer, 0x00, 256);
        enum MvStatus status = mvReadHttpResponseHeader(http_handles.channel, i, buffer, 255);
        if (status == MV_STATUS_OKAY) {
            server_log("%lu. %s", (unsigned long)i, buffer);
        } else {
            server_error("Could not read header %lu", (unsigned long)i);
        }
    }
}

void http_process_response(void) {
    struct MvHttpResponseData resp_data;
    enum MvStatus status = mvReadHttpResponseData(http_handles.channel, &resp_data);
    if (status == MV_STATUS_OKAY) {
        if (resp_data.result == MV_HTTPRESULT_OK) {
            server_log("HTTP response header count: %lu", (unsigned long)resp_data.num_headers);
            server_log("HTTP response body length: %lu", (unsigned long)resp_data.body_length);
            output_headers(resp_data.num_headers > 0 ? resp_data.num_headers : 0);

            static uint8_t buffer[1501];
            memset(buffer, 0, sizeof(buffer));
            status = mvReadHttpResponseBody(http_handles.channel, 0, buffer, sizeof(buffer) - 1);
            if (status == MV_STATUS_OKAY) {
                server_log("Message JSON:\n%s", buffer);
            } else {
                server_error("HTTP response body read status %i", status);
            }
        } else {
            server_error("Request failed. Status: %lu", (unsigned long)resp_data.status_code);
        }
    } else {
        server_error("Response data read failed. Status: %i", status);
    }
}

void TIM8_BRK_IRQHandler(void) {
    volatile struct MvNotification *notification = &http_notification_center[current_notification_index];
    while (notification->event_type != MV_EVENTTYPE_NOEVENT) {
        switch (notification->event_type) {
            case MV_EVENTTYPE_CHANNELDATAREADABLE:
                received_request = true;
                break;
            case MV_EVENTTYPE_CHANNELDATAWRITESPACE:
                write_space = true;
                break;
            case MV_EVENTTYPE_CHANNELNOTCONNECTED:
                channel_was_closed = true;
                break;
            default:
                break;
        }
        notification->event_type = MV_EVENTTYPE_NOEVENT;
        current_notification_index = (current_notification_index + 1) % HTTP_NT_BUFFER_SIZE_R;
        notification = &http_notification_center[current_notification_index];
    }
}

bool http_took_space(void) {
    bool was = write_space;
    write_space = false;
    return was;
}
