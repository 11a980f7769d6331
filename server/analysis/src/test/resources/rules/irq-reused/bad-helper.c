#include "mv_syscalls.h"

static volatile struct MvNotification network_ring[8], http_ring[8];

/* One function for all centres: the mistake is what it is called with. */
static int setup_center(uint32_t irq, volatile struct MvNotification *ring, uint32_t size, MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {.irq = irq, .buffer = (struct MvNotification *)ring, .buffer_size = size};
    return mvSetupNotifications(&setup, out) == MV_STATUS_OKAY;
}

int setup_all(MvNotificationHandle *network, MvNotificationHandle *http) {
    int done = setup_center(45, network_ring, sizeof(network_ring), network);
    return done && setup_center(45, http_ring, sizeof(http_ring), http); // expect: irq-reused
}
