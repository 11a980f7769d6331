#include <stdbool.h>
#include "mv_syscalls.h"

static uint8_t log_buffer[1024] __attribute__((aligned(512)));
static struct MvNotification ring[8] __attribute__((aligned(8)));
static MvNotificationHandle network_centre = 0;
static MvNotificationHandle channel_centre = 0;

static bool start_logging(void) {
    enum MvStatus status = mvServerLoggingInit(log_buffer, sizeof log_buffer);
    return status == MV_STATUS_OKAY;
}

bool set_up_network_centre(void) {
    const struct MvNotificationSetup setup = {.irq = 45, .buffer = ring, .buffer_size = sizeof ring};
    return mvSetupNotifications(&setup, &network_centre) == MV_STATUS_OKAY;
}

bool set_up_channel_centre(void) {
    const struct MvNotificationSetup setup = {.irq = 51, .buffer = &ring[0], .buffer_size = sizeof ring};
    return mvSetupNotifications(&setup, &channel_centre) == MV_STATUS_OKAY; // expect: double-init
}

static bool start_network(void) {
    if (!start_logging()) {
        return false;
    }
    return set_up_network_centre();
}

bool start(void) {
    bool logging = start_logging();
    bool network = start_network(); // expect: double-init
    return logging && network;
}
