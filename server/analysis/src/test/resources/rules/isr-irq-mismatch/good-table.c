#include "mv_syscalls.h"

/* A table of the program's own decides which function serves an interrupt. */
#define TIM8_BRK_IRQn 51

static volatile struct MvNotification ring[8];
static MvNotificationHandle centre;

static void take_notifications(void) {
}

void Reset_Handler(void) {
    for (;;) {
    }
}

void HardFault_Handler(void) {
    for (;;) {
    }
}

typedef void (*vector)(void);
extern uint32_t _estack;

__attribute__((section(".isr_vector"), used)) const vector table[16 + 125] = {
    [0] = (vector)&_estack,
    [1] = Reset_Handler,
    [3] = HardFault_Handler,
    [16 + TIM8_BRK_IRQn] = take_notifications,
};

int main(void) {
    struct MvNotificationSetup setup = {
        .irq = TIM8_BRK_IRQn, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    return mvSetupNotifications(&setup, &centre);
}
