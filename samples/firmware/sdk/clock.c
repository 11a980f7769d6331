#include "clock.h"

#include "interrupts.h"
#include "mv_syscalls.h"

#define SYSTICK_CONTROL (*(volatile uint32_t *)0xE000E010u)
#define SYSTICK_RELOAD (*(volatile uint32_t *)0xE000E014u)
#define SYSTICK_VALUE (*(volatile uint32_t *)0xE000E018u)
/* Count the processor's clock, raise the exception, run. */
#define SYSTICK_RUN 0x7u

static volatile uint32_t ticks;

void SysTick_Handler(void);

void SysTick_Handler(void) {
    ticks++;
}

bool clock_start(void) {
    uint32_t hz = 0;
    if (mvGetHClk(&hz) != MV_STATUS_OKAY) {
        return false;
    }
    SYSTICK_RELOAD = hz / 1000u - 1u;
    SYSTICK_VALUE = 0;
    SYSTICK_CONTROL = SYSTICK_RUN;
    return true;
}

void clock_stop(void) {
    SYSTICK_CONTROL = 0;
}

uint32_t clock_ms(void) {
    return ticks;
}

void clock_pause(uint32_t ms) {
    uint32_t start = clock_ms();
    while (clock_ms() - start < ms) {
        wait_for_interrupt();
    }
}

bool clock_wait_for(const volatile bool *flag, uint32_t timeout_ms) {
    uint32_t start = clock_ms();
    /* An interrupt between test and sleep costs one tick, no more: the tick ends the sleep. */
    while (!*flag && clock_ms() - start < timeout_ms) {
        wait_for_interrupt();
    }
    return *flag;
}
