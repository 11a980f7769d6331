#include "app.h"
#include "stm32u5xx_hal.h"

osMessageQueueId_t events;

static void do_assert(bool condition, const char *message) {
    if (!condition) {
        logf_line("FATAL %s", message);
        for (;;) {
        }
    }
}

void post(enum AppEvent event) {
    (void)osMessageQueuePut(events, &event, 0, 0);
}

static void ticker_task(void *argument) {
    (void)argument;
    while (true) {
        osDelay(30000);
        post(EV_TICK);
    }
}

static void work_task(void *argument) {
    (void)argument;
    uint32_t asked = 0;
    for (;;) {
        enum AppEvent event;
        if (osMessageQueueGet(events, &event, NULL, 1000) != osOK) {
            if (channel != 0 && osKernelGetTickCount() - asked > 15000) {
                channel_close();
            }
            continue;
        }
        switch (event) {
            case EV_TICK:
                if (channel == 0 && channel_open()) {
                    asked = osKernelGetTickCount();
                    if (!channel_request()) {
                        channel_close();
                    }
                }
                break;
            case EV_RESPONSE:
                channel_respond();
                channel_close();
                break;
            case EV_OPEN_FAILED:
            case EV_CHANNEL_LOST:
                channel_close();
                break;
            case EV_CONNECTED:
                logf_line("connected");
                break;
        }
    }
}

int main(void) {
    HAL_Init();
    log_begin();
    do_assert(osKernelInitialize() == osOK, "kernel");
    events = osMessageQueueNew(16, sizeof(enum AppEvent), NULL);
    do_assert(centre_start(), "centre");
    do_assert(net_start(), "network");
    static const osThreadAttr_t work = {.name = "work", .stack_size = 4096};
    static const osThreadAttr_t tick = {.name = "tick", .stack_size = 512};
    osThreadNew(work_task, NULL, &work);
    osThreadNew(ticker_task, NULL, &tick);
    osKernelStart();
    for (;;) {
    }
}
