#include "mv_syscalls.h"

void NVIC_EnableIRQ(int number);
static volatile struct MvNotification ring[8];
static MvNotificationHandle centre;

int main(void) {
    struct MvNotificationSetup setup = {.buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    setup.irq = 45; // expect: isr-irq-mismatch
    return mvSetupNotifications(&setup, &centre);
}

void TIM8_BRK_IRQHandler(void) {
}
