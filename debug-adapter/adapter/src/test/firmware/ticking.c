/* Calls and loops under a SysTick that comes all the time: stepping must not notice it. */
#include <stdint.h>

#define SYST_CSR (*(volatile uint32_t *)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014u)
#define ICSR (*(volatile uint32_t *)0xE000ED04u)

/* A debugger sets both to zero for a run without interrupts. */
volatile uint32_t control = 7;
volatile uint32_t pending = 1u << 26;

volatile uint32_t ticks;
volatile uint32_t total;

void SysTick_Handler(void) {
    ticks++;
}

static uint32_t half(uint32_t value) {
    return value / 2;
}

static uint32_t add(uint32_t a, uint32_t b) {
    uint32_t sum = a;
    sum += half(b);
    sum += half(b);
    return sum;
}

static void pend(void) {
    ICSR = pending;
    total++;
}

int main(void) {
    total = 0;
    SYST_RVR = 37;
    SYST_CSR = control;
    for (uint32_t i = 0; i < 1000; i++) {
        total = add(total, i);
        pend();
        total = add(total, 2);
    }
    total = half(total);
    for (;;) {
        total++;
    }
}
