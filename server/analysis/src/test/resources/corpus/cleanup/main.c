/* The school of CHECK and goto: one exit for each function, errors go there. */
#include "mv_syscalls.h"
#include "stm32u5xx_hal.h"

#include <stdbool.h>
#include <string.h>

#define CHECK(call)                      \
    do {                                 \
        status = (call);                 \
        if (status != MV_STATUS_OKAY) {  \
            line = __LINE__;             \
            goto cleanup;                \
        }                                \
    } while (0)

#define RING_BYTES (8 * sizeof(struct MvNotification))
#define STR(s) {.data = (const uint8_t *)(s), .length = sizeof(s) - 1}

__attribute__((aligned(512))) static uint8_t in[2 * 1024];
__attribute__((aligned(512))) static uint8_t out[2 * 512];
static volatile struct MvNotification ring[8];

static MvNotificationHandle nc;
static MvNetworkHandle nw;
static volatile uint32_t events;

enum { SEEN_DATA = 1, SEEN_CLOSED = 2 };

void TIM1_BRK_IRQHandler(void) {
    static volatile uint32_t tail;
    struct MvNotification n = ring[tail];
    while (n.event_type != MV_EVENTTYPE_NOEVENT) {
        if (n.event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            events |= SEEN_DATA;
        }
        if (n.event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
            events |= SEEN_CLOSED;
        }
        ring[tail].event_type = MV_EVENTTYPE_NOEVENT;
        tail = (tail + 1) % (sizeof(ring) / sizeof(ring[0]));
        n = ring[tail];
    }
}

static uint32_t take(uint32_t mask) {
    __disable_irq();
    uint32_t found = events & mask;
    events &= ~mask;
    __enable_irq();
    return found;
}

static enum MvStatus post_reading(const char *json, int *line_out) {
    enum MvStatus status = MV_STATUS_OKAY;
    int line = 0;
    MvChannelHandle channel = 0;
    struct MvHttpHeader headers[2] = {
        STR("Content-Type: application/json"),
        STR("Accept: */*"),
    };
    struct MvHttpRequest request = {
        .method = STR("POST"),
        .url = STR("https://store.example/readings"),
        .num_headers = 2,
        .headers = headers,
        .body = {.data = (const uint8_t *)json, .length = strlen(json)},
        .timeout_ms = 7500,
    };
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = nc,
            .notification_tag = 3,
            .network_handle = nw,
            .receive_buffer = in,
            .receive_buffer_len = sizeof(in),
            .send_buffer = out,
            .send_buffer_len = sizeof(out),
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = STR(""),
        },
    };
    struct MvHttpResponseData answer;

    CHECK(mvOpenChannel(&params, &channel));
    (void)take(SEEN_DATA | SEEN_CLOSED);
    CHECK(mvSendHttpRequest(channel, &request));
    uint32_t start = HAL_GetTick();
    while (!take(SEEN_DATA)) {
        if (take(SEEN_CLOSED) || HAL_GetTick() - start > 10000) {
            status = MV_STATUS_CHANNELCLOSED;
            goto cleanup;
        }
    }
    CHECK(mvReadHttpResponseData(channel, &answer));
    if (answer.result != MV_HTTPRESULT_OK) {
        status = MV_STATUS_REQUESTUNSUCCESSFUL;
    }

cleanup:
    if (channel) {
        enum MvStatus closing = mvCloseChannel(&channel);
        if (status == MV_STATUS_OKAY) {
            status = closing;
        }
    }
    *line_out = line;
    return status;
}

int main(void) {
    enum MvStatus status;
    int line = 0;
    struct MvNotificationSetup setup = {TIM1_BRK_IRQn, (struct MvNotification *)ring, RING_BYTES};
    struct MvRequestNetworkParams network = {.version = 1};
    enum MvNetworkStatus state = MV_NETWORKSTATUS_CONNECTING;
    int tries = 0;

    CHECK(mvSetupNotifications(&setup, &nc));
    NVIC_ClearPendingIRQ(TIM1_BRK_IRQn);
    NVIC_EnableIRQ(TIM1_BRK_IRQn);
    network.v1.notification_handle = nc;
    network.v1.notification_tag = 1;
    CHECK(mvRequestNetwork(&network, &nw));
    while (state != MV_NETWORKSTATUS_CONNECTED && tries++ < 100) {
        CHECK(mvGetNetworkStatus(nw, &state));
        HAL_Delay(500);
    }
    for (;;) {
        status = post_reading("{\"t\":21}", &line);
        if (status != MV_STATUS_OKAY) {
            HAL_GPIO_TogglePin(GPIOA, (uint16_t)(line ? GPIO_PIN_5 : 0));
        }
        HAL_Delay(30000);
    }

cleanup:
    return line;
}
