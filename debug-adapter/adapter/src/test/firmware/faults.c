/* One fault after the other; the handlers step over what faulted. */
#include <stdint.h>

#define SHCSR (*(volatile uint32_t *)0xE000ED24u)
#define CCR (*(volatile uint32_t *)0xE000ED14u)
#define CFSR (*(volatile uint32_t *)0xE000ED28u)

volatile int handled;
volatile int zero;
volatile int result;

/* r0 to r3, r12, lr, pc, xpsr of what faulted */
void skip(uint32_t *frame) {
    handled++;
    CFSR = CFSR;
    uint16_t first = *(uint16_t *)frame[6];
    frame[6] += first >= 0xE800u ? 4 : 2;
}

/* Called where there is no code: back to the caller. */
void leave(uint32_t *frame) {
    handled++;
    CFSR = CFSR;
    frame[6] = frame[5] & ~1u;
}

__attribute__((naked)) void UsageFault_Handler(void) {
    __asm volatile("mov r0, sp\n b skip");
}
__attribute__((naked)) void BusFault_Handler(void) {
    __asm volatile("mov r0, sp\n b skip");
}
__attribute__((naked)) void MemManage_Handler(void) {
    __asm volatile("mov r0, sp\n b leave");
}

int divide(int a, int b) {
    return a / b;
}

int peek(volatile int *where) {
    return *where;
}

void jump(void (*where)(void)) {
    where();
}

int main(void) {
    CCR |= 1u << 4;
    SHCSR |= 7u << 16;
    result = divide(7, zero);
    result = peek((volatile int *)0x60000000u);
    jump((void (*)(void))0xA0000001u);
    result = divide(8, zero);
    __asm volatile(".inst.n 0xde07");
    result = peek((volatile int *)0x20080000u);
    return 0;
}
