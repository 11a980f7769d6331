#include <stdbool.h>
#include <stdint.h>

void HAL_GPIO_EXTI_IRQHandler(uint16_t pin);

static bool pressed; // expect: isr-flag-not-volatile

void EXTI3_IRQHandler(void) {
    HAL_GPIO_EXTI_IRQHandler(1 << 3);
}

void HAL_GPIO_EXTI_Callback(uint16_t pin) {
    pressed = true;
}

bool take(void) {
    bool was = pressed;
    pressed = false;
    return was;
}
