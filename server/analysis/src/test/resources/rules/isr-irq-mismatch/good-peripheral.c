#include "mv_syscalls.h"

#define BUTTON_IRQ 13

static inline void NVIC_EnableIRQ(int irq) {
    ((volatile uint32_t *)0xE000E100u)[irq >> 5] = 1u << (irq & 31);
}
static inline void NVIC_SetVector(int irq, unsigned address) {
    ((volatile unsigned *)0x20000000u)[16 + irq] = address;
}

static void pressed(void) {
}

// The table is changed at run time.
int main(void) {
    NVIC_SetVector(BUTTON_IRQ, (unsigned)&pressed);
    NVIC_EnableIRQ(BUTTON_IRQ);
    for (;;) {
    }
}
