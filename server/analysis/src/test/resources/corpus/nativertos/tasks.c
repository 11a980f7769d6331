/* FreeRTOS without CMSIS: the handler wakes a task, the task asks the ring. */
#include "FreeRTOS.h"
#include "mv_syscalls.h"
#include "stm32u5xx_hal.h"

#include <stdbool.h>
#include <string.h>

#define RING_RECORDS (sizeof(records) / sizeof(records[0]))
#define MAX_BODY 256

static volatile struct MvNotification records[8] __attribute__((aligned(8)));
static uint8_t reply[2048] __attribute__((aligned(512)));
static uint8_t request_space[512] __attribute__((aligned(512)));
static uint8_t log_space[1024] __attribute__((aligned(512)));
static TaskHandle_t fetcher;
static SemaphoreHandle_t log_lock;
static MvNotificationHandle centre;
static MvNetworkHandle network;

static void log_text(const char *text) {
    xSemaphoreTake(log_lock, portMAX_DELAY);
    (void)mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
    xSemaphoreGive(log_lock);
}

void TIM8_UP_IRQHandler(void) {
    BaseType_t woken = pdFALSE;
    vTaskNotifyGiveFromISR(fetcher, &woken);
    portYIELD_FROM_ISR(woken);
}

/* The next event, or NOEVENT; the record is free again afterwards. */
static enum MvEventType next_event(void) {
    static uint32_t tail;
    enum MvEventType type = records[tail].event_type;
    if (type != MV_EVENTTYPE_NOEVENT) {
        records[tail].event_type = MV_EVENTTYPE_NOEVENT;
        tail = (tail + 1) % RING_RECORDS;
    }
    return type;
}

static bool await_reply(void) {
    const TickType_t start = xTaskGetTickCount();
    while (xTaskGetTickCount() - start < pdMS_TO_TICKS(15000)) {
        ulTaskNotifyTake(pdTRUE, pdMS_TO_TICKS(1000));
        enum MvEventType type;
        while ((type = next_event()) != MV_EVENTTYPE_NOEVENT) {
            if (type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
                return true;
            }
            if (type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
                return false;
            }
        }
    }
    return false;
}

static bool fetch_once(void) {
    static const char method[] = "GET", url[] = "https://rules.example/tariff";
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .notification_tag = 8,
            .network_handle = network,
            .receive_buffer = reply,
            .receive_buffer_len = sizeof reply,
            .send_buffer = request_space,
            .send_buffer_len = sizeof request_space,
            .channel_type = MV_CHANNELTYPE_HTTP,
        },
    };
    struct MvHttpRequest request = {
        .method = {(const uint8_t *)method, strlen(method)},
        .url = {(const uint8_t *)url, strlen(url)},
        .timeout_ms = 10000,
    };
    MvChannelHandle channel = 0;
    bool done = false;
    if (mvOpenChannel(&params, &channel) != MV_STATUS_OKAY) {
        return false;
    }
    if (mvSendHttpRequest(channel, &request) == MV_STATUS_OKAY && await_reply()) {
        struct MvHttpResponseData data = {.result = MV_HTTPRESULT_REQUESTFAILED};
        if (mvReadHttpResponseData(channel, &data) == MV_STATUS_OKAY && data.result == MV_HTTPRESULT_OK) {
            uint8_t body[MAX_BODY + 1] = {0};
            uint32_t wanted = data.body_length > MAX_BODY ? MAX_BODY : data.body_length;
            if (mvReadHttpResponseBody(channel, 0, body, wanted) == MV_STATUS_OKAY) {
                log_text((const char *)body);
                done = true;
            }
        }
    }
    if (mvCloseChannel(&channel) != MV_STATUS_OKAY) {
        log_text("close failed");
    }
    return done;
}

static void fetch_task(void *unused) {
    (void)unused;
    for (;;) {
        if (!fetch_once()) {
            log_text("no tariff");
        }
        vTaskDelay(pdMS_TO_TICKS(30000));
    }
}

static void blink_task(void *unused) {
    (void)unused;
    while (1) {
        HAL_GPIO_TogglePin(GPIOA, GPIO_PIN_5);
        log_text("blink");
        vTaskDelay(pdMS_TO_TICKS(500));
    }
}

int main(void) {
    HAL_Init();
    if (mvServerLoggingInit(log_space, sizeof log_space) != MV_STATUS_OKAY) {
        return 1;
    }
    log_lock = xSemaphoreCreateMutex();
    struct MvNotificationSetup setup = {
        .irq = TIM8_UP_IRQn, .buffer = (struct MvNotification *)records, .buffer_size = sizeof records};
    struct MvRequestNetworkParams params = {.version = 1};
    if (mvSetupNotifications(&setup, &centre) != MV_STATUS_OKAY) {
        return 2;
    }
    params.v1.notification_handle = centre;
    if (mvRequestNetwork(&params, &network) != MV_STATUS_OKAY) {
        return 3;
    }
    xTaskCreate(fetch_task, "fetch", 1024, NULL, 2, &fetcher);
    xTaskCreate(blink_task, "blink", 256, NULL, 1, NULL);
    NVIC_SetPriority(TIM8_UP_IRQn, 6);
    NVIC_ClearPendingIRQ(TIM8_UP_IRQn);
    NVIC_EnableIRQ(TIM8_UP_IRQn);
    vTaskStartScheduler();
    for (;;) {
    }
}
