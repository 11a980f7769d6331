#include "mv_syscalls.h"

#define BUTTON_IRQ 13

static inline void NVIC_EnableIRQ(int irq) {
    ((volatile uint32_t *)0xE000E100u)[irq >> 5] = 1u << (irq & 31);
}

static void listen(int number) {
    NVIC_EnableIRQ(number);
}

int main(void) {
    NVIC_EnableIRQ(BUTTON_IRQ); // expect: isr-irq-mismatch
    listen(61);                 // expect: isr-irq-mismatch
    NVIC_EnableIRQ(45);
    for (;;) {
    }
}

void EXTI3_IRQHandler(void) {
}

void TIM2_IRQHandler(void) {
}
