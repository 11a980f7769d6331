#include "mv_syscalls.h"

static volatile struct MvNotification network_ring[8], http_ring[8];
volatile uint32_t network_events, http_events;

enum MvStatus setup_network(MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {
        .irq = 45, .buffer = (struct MvNotification *)network_ring, .buffer_size = sizeof(network_ring)};
    return mvSetupNotifications(&setup, out);
}

enum MvStatus setup_http(MvNotificationHandle *out) {
    struct MvNotificationSetup setup;
    setup.irq = 45; // expect: irq-reused
    setup.buffer = (struct MvNotification *)http_ring;
    setup.buffer_size = sizeof(http_ring);
    return mvSetupNotifications(&setup, out);
}

void TIM2_IRQHandler(void) {
    network_events++;
}

void TIM8_BRK_IRQHandler(void) {
    http_events++;
}
