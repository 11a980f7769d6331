/*
 * Waits as drivers without interrupts do: for a timer's counter, for SysTick's, for a serial port.
 * Needs the peripherals of the STM32U585, which QEMU's mps2-an505 has not.
 */
#include <stdint.h>
#include <stdio.h>

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define TIM2_CR1 REGISTER(0x40000000)
#define TIM2_CNT REGISTER(0x40000024)
#define USART2_CR1 REGISTER(0x40004400)
#define USART2_BRR REGISTER(0x4000440C)
#define USART2_ISR REGISTER(0x4000441C)
#define USART2_TDR REGISTER(0x40004428)
#define SYST_CSR REGISTER(0xE000E010)
#define SYST_RVR REGISTER(0xE000E014)
#define SYST_CVR REGISTER(0xE000E018)

static void wait_for_timer(uint32_t ticks)
{
    uint32_t from = TIM2_CNT;
    while (TIM2_CNT - from < ticks) {
    }
}

static void wait_for_systick(uint32_t ticks)
{
    uint32_t from = SYST_CVR;
    while (((from - SYST_CVR) & 0xFFFFFF) < ticks) {
    }
}

static void send(char c)
{
    while (!(USART2_ISR & 1 << 7)) {
    }
    USART2_TDR = c;
}

int main(void)
{
    TIM2_CR1 = 1;
    SYST_RVR = 0xFFFFFF;
    SYST_CSR = 5;
    USART2_BRR = 16;
    USART2_CR1 = 1 | 1 << 3;
    unsigned sent = 0;
    for (int i = 0; i < ITER; i++) {
        wait_for_timer(2000);
        wait_for_systick(2000);
        send(i % 64 == 63 ? '\n' : '.');
        sent++;
    }
    printf("%u sent\n", sent);
    return 0;
}
