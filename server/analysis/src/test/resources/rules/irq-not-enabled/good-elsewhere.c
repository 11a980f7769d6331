#include "mv_syscalls.h"

/* The body is in a library; it gets the number. */
void board_start(int number, int priority);

#define CENTRE_IRQ 45
static volatile struct MvNotification ring[8];
static MvNotificationHandle centre;

int main(void) {
    struct MvNotificationSetup setup = {
        .irq = CENTRE_IRQ, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    enum MvStatus status = mvSetupNotifications(&setup, &centre);
    board_start(CENTRE_IRQ, 3);
    return status;
}

void TIM2_IRQHandler(void) {
}
