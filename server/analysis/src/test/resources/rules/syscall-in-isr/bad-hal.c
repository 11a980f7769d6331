#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

typedef struct { int instance; } UART_HandleTypeDef;
typedef struct { int instance; } RTC_HandleTypeDef;

void HAL_GPIO_EXTI_IRQHandler(uint16_t pin);
void HAL_UART_IRQHandler(UART_HandleTypeDef *port);
void HAL_RTCEx_WakeUpTimerIRQHandler(RTC_HandleTypeDef *clock);

static UART_HandleTypeDef port;
static RTC_HandleTypeDef clock;
static volatile uint32_t presses;

static void say(const char *text) {
    (void)mvServerLog((const uint8_t *)text, 7);
}

void EXTI3_IRQHandler(void) {
    HAL_GPIO_EXTI_IRQHandler(1 << 3);
}

void HAL_GPIO_EXTI_Rising_Callback(uint16_t pin) {
    presses++;
    say("pressed"); // expect: syscall-in-isr
}

void USART2_IRQHandler(void) {
    HAL_UART_IRQHandler(&port);
}

void HAL_UART_RxCpltCallback(UART_HandleTypeDef *handle) {
    uint64_t now = 0;
    if (mvGetMicroseconds(&now) != MV_STATUS_OKAY) { // expect: syscall-in-isr
        presses = 0;
    }
}

void RTC_IRQHandler(void) {
    HAL_RTCEx_WakeUpTimerIRQHandler(&clock);
}

void HAL_RTCEx_WakeUpTimerEventCallback(RTC_HandleTypeDef *handle) {
    (void)mvSystemLedEnable(1); // expect: syscall-in-isr
}
