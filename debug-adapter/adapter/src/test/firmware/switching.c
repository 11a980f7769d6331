/* Two tasks run the same code; every SysTick switches between them. */
#include <stdint.h>

#define SYST_CSR (*(volatile uint32_t *)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014u)
#define STACK_WORDS 256

static uint32_t stacks[2][STACK_WORDS] __attribute__((aligned(8)));
uint32_t *saved[2];
volatile uint32_t running;
volatile uint32_t counts[2];

static uint32_t grow(uint32_t task, uint32_t value) {
    uint32_t next = value + task;
    next += 1;
    return next;
}

void work(uint32_t task) {
    uint32_t value = 0;
    for (;;) {
        value = grow(task, value);
        counts[task] = value;
        value = grow(task, value);
        counts[task]++;
    }
}

uint32_t *other(uint32_t *stack) {
    saved[running] = stack;
    running ^= 1u;
    return saved[running];
}

__attribute__((naked)) void SysTick_Handler(void) {
    __asm volatile(
        "mrs r0, psp\n"
        "stmdb r0!, {r4-r11, lr}\n"
        "push {r3, lr}\n"
        "bl other\n"
        "pop {r3, lr}\n"
        "ldmia r0!, {r4-r11, lr}\n"
        "msr psp, r0\n"
        "bx lr\n");
}

int main(void) {
    uint32_t *top = &stacks[1][STACK_WORDS - 18];
    saved[1] = top;
    for (int i = 0; i < 18; i++) {
        top[i] = 0;
    }
    top[8] = 0xFFFFFFBCu;                /* lr: to thread mode, process stack */
    top[9] = 1;                          /* r0: the task's number */
    top[15] = (uint32_t)work & ~1u;      /* pc */
    top[16] = 1u << 24;                  /* xpsr */
    SYST_RVR = 400;
    __asm volatile("msr psp, %0\n msr control, %1\n isb" ::"r"(&stacks[0][STACK_WORDS]), "r"(2));
    SYST_CSR = 7;
    work(0);
    return 0;
}
