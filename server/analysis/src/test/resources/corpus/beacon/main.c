#include "app.h"

static uint32_t item_number = 1;
static uint32_t send_tick = 0;
static uint32_t kill_tick = 0;
static uint32_t retry_tick = 0;
static bool pending = false;

/* The identity of the device, for the first line of the log. */
static void log_device_info(void) {
    uint8_t dev_id[35] = {0};
    (void)mvGetDeviceId(dev_id, 34);
    server_log("Device: %s", dev_id);
}

void do_request(void) {
    uint32_t now = HAL_GetTick();
    if (!http_channel_is_open()) {
        if (now - retry_tick < REOPEN_PERIOD_MS) {
            return;
        }
        retry_tick = now;
        if (!net_is_up() || http_open_channel() != MV_STATUS_OKAY) {
            return;
        }
    }
    enum MvStatus result = http_send_request(item_number++);
    if (result == MV_STATUS_OKAY) {
        kill_tick = now;
        pending = true;
    } else {
        http_close_channel();
    }
}

int main(void) {
    HAL_Init();
    log_start();
    log_device_info();
    net_open_network();
    http_notification_center_setup();

    while (1) {
        uint32_t tick = HAL_GetTick();
        if (!pending && tick - send_tick > REQUEST_SEND_PERIOD_MS) {
            send_tick = tick;
            do_request();
        }
        if (received_request) {
            received_request = false;
            http_process_response();
            http_close_channel();
            pending = false;
        }
        if (channel_was_closed) {
            channel_was_closed = false;
            http_close_channel();
            pending = false;
        }
        if (pending && tick - kill_tick > CHANNEL_KILL_PERIOD_MS) {
            pending = false;
            server_error("Request timed out");
            http_close_channel();
        }
    }
}
