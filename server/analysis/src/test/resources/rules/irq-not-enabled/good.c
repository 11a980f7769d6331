#include "mv_syscalls.h"

#define CENTRE_IRQ 45
static inline void enable_interrupt(int number) {
    *(volatile uint32_t *)(0xE000E100 + number / 32 * 4) = 1u << number % 32;
}
static volatile struct MvNotification ring[8];
static MvNotificationHandle centre;

int main(void) {
    struct MvNotificationSetup setup = {
        .irq = CENTRE_IRQ, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    enum MvStatus status = mvSetupNotifications(&setup, &centre);
    enable_interrupt(CENTRE_IRQ);
    return status;
}

void TIM2_IRQHandler(void) {
}
