#include "gateway.h"
#include "stm32u5xx_hal.h"

static settings_t settings;

static void heart_task(void *argument) {
    (void)argument;
    uint32_t beat = 0;
    for (;;) {
        HAL_GPIO_TogglePin(GPIOA, GPIO_PIN_5);
        if (beat++ % 600 == 0) {
            log_line("alive");
        }
        osDelay(500);
    }
}

static void uplink_task(void *argument) {
    (void)argument;
    while (!notify_init()) {
        log_line("no centre");
        osDelay(10000);
    }
    while (!link_wait(60000) || !settings_fetch(&settings)) {
        osDelay(30000);
    }
    uint32_t due = osKernelGetTickCount();
    for (;;) {
        uint32_t got = notify_wait(EVT_ALL, 500);
        if (!uplink_idle() || (int32_t)(osKernelGetTickCount() - due) >= 0) {
            if (uplink_idle()) {
                due = osKernelGetTickCount() + settings.period_s * 1000u;
            }
            uplink_step(&settings, got);
        }
    }
}

int main(void) {
    HAL_Init();
    osKernelInitialize();
    if (!log_init()) {
        for (;;) {
        }
    }
    static const osThreadAttr_t uplink_attr = {.name = "uplink", .stack_size = 4096};
    static const osThreadAttr_t heart_attr = {.name = "heart", .stack_size = 1024};
    if (osThreadNew(uplink_task, NULL, &uplink_attr) == NULL || osThreadNew(heart_task, NULL, &heart_attr) == NULL) {
        log_line("no tasks");
    }
    osKernelStart();
    for (;;) {
    }
}
