#include "mv_syscalls.h"

static volatile struct MvNotification network_ring[8], http_ring[8];

enum MvStatus setup_network(MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {
        .irq = 45, .buffer = (struct MvNotification *)network_ring, .buffer_size = sizeof(network_ring)};
    return mvSetupNotifications(&setup, out);
}

enum MvStatus setup_http(MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {
        .irq = 45, // expect: irq-reused
        .buffer = (struct MvNotification *)http_ring,
        .buffer_size = sizeof(http_ring)};
    return mvSetupNotifications(&setup, out);
}
