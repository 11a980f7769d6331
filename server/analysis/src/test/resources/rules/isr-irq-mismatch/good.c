#include "mv_syscalls.h"

#define IRQ_FOR_CENTRE (45)
static volatile struct MvNotification ring[8];
static MvNotificationHandle centre, other;

int main(int argc, char **argv) {
    struct MvNotificationSetup setup = {
        .irq = IRQ_FOR_CENTRE, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    enum MvStatus status = mvSetupNotifications(&setup, &centre);
    setup.irq = argc + (argv != 0);
    return status ? status : mvSetupNotifications(&setup, &other);
}

void TIM2_IRQHandler(void) {
}
