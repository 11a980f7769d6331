#include "mv_syscalls.h"

typedef enum { TIM2_IRQn = 45, TIM3_IRQn = 46 } IRQn_Type;

static inline void NVIC_ClearPendingIRQ(IRQn_Type number) {
    *(volatile uint32_t *)(0xE000E280 + number / 32 * 4) = 1u << number % 32;
}

static inline void NVIC_EnableIRQ(IRQn_Type number) {
    *(volatile uint32_t *)(0xE000E100 + number / 32 * 4) = 1u << number % 32;
}

static volatile struct MvNotification ring[8];
static MvNotificationHandle centre;

/* It reads like one that enables interrupts, and only counts. */
static int irq_enable_count;
static void irq_enabled(int number) {
    irq_enable_count += number;
}

int main(void) {
    struct MvNotificationSetup setup = {
        .irq = TIM2_IRQn, // expect: irq-not-enabled
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof(ring)};
    enum MvStatus status = mvSetupNotifications(&setup, &centre);
    NVIC_ClearPendingIRQ(TIM2_IRQn);
    NVIC_EnableIRQ(TIM3_IRQn);
    irq_enabled(45);
    return status;
}

void TIM2_IRQHandler(void) {
}
