/*
 * wired: uses the chip's own peripherals with what wired.toml wires to it, and logs what it sees.
 * Register by register, without a vendor's library. For the tests of run.
 */
#include "clock.h"
#include "interrupts.h"
#include "log.h"
#include "mv_syscalls.h"

#define REG(address) (*(volatile uint32_t *)(address))

#define TIM2 0x40000000u
#define USART2 0x40004400u
#define I2C1 0x40005400u
#define SPI1 0x40013000u
#define GPDMA1 0x40020000u
#define CRC 0x40023000u
#define GPIOB 0x42020400u
#define ADC1 0x42028000u
#define RTC 0x46007800u
#define EXTI 0x46022000u

static volatile uint32_t compares;
static volatile uint32_t edges;
static volatile bool dma_done;
static char line[32];
static volatile uint32_t received;
static volatile bool line_done;

void TIM2_IRQHandler(void) {
    REG(TIM2 + 0x10) = 0;
    compares++;
}

void EXTI11_IRQHandler(void) {
    REG(EXTI + 0x0C) = 1u << 11;
    edges++;
}

void GPDMA1_Channel0_IRQHandler(void) {
    REG(GPDMA1 + 0x5C) = 1u << 8;
    dma_done = true;
}

void USART2_IRQHandler(void) {
    char c = (char)REG(USART2 + 0x24);
    REG(USART2 + 0x28) = (uint32_t)c;
    if (c == '\n') {
        line[received] = '\0';
        line_done = true;
    } else if (received < sizeof line - 1) {
        line[received++] = c;
    }
}

static void compare(void) {
    REG(TIM2 + 0x28) = 15999;
    REG(TIM2 + 0x2C) = 9;
    REG(TIM2 + 0x38) = 5;
    REG(TIM2 + 0x14) = 1;
    REG(TIM2 + 0x10) = 0;
    REG(TIM2 + 0x0C) = 1u << 2;
    nvic_enable(TIM2_IRQn);
    REG(TIM2) = 1;
    clock_pause(11);
    REG(TIM2) = 0;
    log_line("compares: %u", (unsigned)compares);
}

static void edge(void) {
    REG(GPIOB) &= ~(3u << 22);
    REG(EXTI) = 1u << 11;
    REG(EXTI + 0x68) = 1u << 24;
    REG(EXTI + 0x80) = 1u << 11;
    nvic_enable(EXTI11_IRQn);
    clock_pause(50);
    log_line("edges: %u", (unsigned)edges);
}

static void echo(void) {
    REG(USART2 + 0x0C) = 1389;
    REG(USART2) = 1u << 5 | 0xDu;
    nvic_enable(USART2_IRQn);
    bool came = clock_wait_for(&line_done, 2000);
    log_line("serial: %s", came ? line : "nothing came");
}

static uint32_t i2c_register(uint32_t number) {
    REG(I2C1) = 1;
    REG(I2C1 + 0x04) = 1u << 16 | 1u << 13 | 0x48u << 1;
    while ((REG(I2C1 + 0x18) & (1u << 1 | 1u << 4)) == 0) {
    }
    if ((REG(I2C1 + 0x18) & (1u << 4)) != 0) {
        REG(I2C1 + 0x1C) = 1u << 4 | 1u << 5;
        return 0xDEAD;
    }
    REG(I2C1 + 0x28) = number;
    while ((REG(I2C1 + 0x18) & (1u << 6)) == 0) {
    }
    REG(I2C1 + 0x04) = 1u << 25 | 1u << 16 | 1u << 13 | 1u << 10 | 0x48u << 1;
    while ((REG(I2C1 + 0x18) & (1u << 2)) == 0) {
    }
    uint32_t value = REG(I2C1 + 0x24);
    REG(I2C1 + 0x1C) = 1u << 5;
    return value;
}

static uint32_t spi_register(uint32_t number) {
    REG(SPI1 + 0x08) = 7;
    REG(SPI1 + 0x0C) = 1u << 22;
    REG(SPI1 + 0x04) = 2;
    REG(SPI1) = 1;
    REG(SPI1) = 1u << 9 | 1u;
    *(volatile uint8_t *)(SPI1 + 0x20) = (uint8_t)(0x80u | number);
    *(volatile uint8_t *)(SPI1 + 0x20) = 0;
    while ((REG(SPI1 + 0x14) & (1u << 3)) == 0) {
    }
    (void)*(volatile uint8_t *)(SPI1 + 0x30);
    uint32_t value = *(volatile uint8_t *)(SPI1 + 0x30);
    REG(SPI1 + 0x18) = 1u << 3 | 1u << 4;
    REG(SPI1) = 0;
    return value;
}

static uint32_t voltage(void) {
    REG(ADC1 + 0x08) = 1u << 28;
    REG(ADC1 + 0x08) = 1u << 28 | 1u;
    REG(ADC1 + 0x30) = 5u << 6;
    REG(ADC1 + 0x08) = 1u << 28 | 1u << 2 | 1u;
    while ((REG(ADC1) & (1u << 2)) == 0) {
    }
    return REG(ADC1 + 0x40);
}

static void copy(void) {
    static const uint32_t from[4] = {1, 2, 3, 4};
    static volatile uint32_t to[4];
    REG(GPDMA1 + 0x90) = 2u << 16 | 2u | 1u << 3 | 1u << 19;
    REG(GPDMA1 + 0x94) = 1u << 9;
    REG(GPDMA1 + 0x98) = sizeof from;
    REG(GPDMA1 + 0x9C) = (uint32_t)from;
    REG(GPDMA1 + 0xA0) = (uint32_t)to;
    nvic_enable(GPDMA1_Channel0_IRQn);
    REG(GPDMA1 + 0x64) = 1u << 8 | 1u;
    bool done = clock_wait_for(&dma_done, 10);
    log_line("dma: %s, %u", done ? "done" : "never", (unsigned)(to[0] + to[1] + to[2] + to[3]));
}

static uint32_t checksum(void) {
    REG(CRC + 0x08) = 1;
    REG(CRC) = 0x31323334;
    return REG(CRC);
}

int main(void) {
    (void)log_start();
    (void)clock_start();
    compare();
    edge();
    echo();
    log_line("i2c: %x %x", (unsigned)i2c_register(0x0F), (unsigned)i2c_register(0x10));
    log_line("spi: %x", (unsigned)spi_register(0x0F));
    log_line("adc: %u", (unsigned)voltage());
    copy();
    log_line("crc: %x", (unsigned)checksum());
    log_line("time: %x", (unsigned)REG(RTC));
    clock_stop();
    for (;;) {
        wait_for_interrupt();
    }
}
