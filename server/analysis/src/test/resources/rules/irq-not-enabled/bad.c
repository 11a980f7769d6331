#include "mv_syscalls.h"

void NVIC_EnableIRQ(int number);
static volatile struct MvNotification ring[8];
static MvNotificationHandle centre;

int main(void) {
    struct MvNotificationSetup setup = {
        .irq = 45, // expect: irq-not-enabled
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof(ring)};
    return mvSetupNotifications(&setup, &centre);
}

void TIM2_IRQHandler(void) {
}
