#include "mv_syscalls.h"

#include <stdbool.h>

// The interrupt stands in a structure of constants that a static pointer leads to.
struct module_config {
    uint32_t irq;
    volatile struct MvNotification *ring;
    uint32_t ring_bytes;
};

static volatile struct MvNotification ring[3] __attribute__((aligned(8)));
static const struct module_config configuration = {
    .irq = 41, // expect: isr-irq-mismatch
    .ring = ring,
    .ring_bytes = sizeof ring};
static const struct module_config *module;
static MvNotificationHandle centre;
static uint32_t position;

static bool set_up(void) {
    struct MvNotificationSetup setup;
    setup.irq = module->irq;
    setup.buffer = (struct MvNotification *)module->ring;
    setup.buffer_size = module->ring_bytes;
    return mvSetupNotifications(&setup, &centre) == MV_STATUS_OKAY;
}

static bool start(const struct module_config *config) {
    module = config;
    return set_up();
}

void TIM8_BRK_IRQHandler(void) {
    while (ring[position].event_type != MV_EVENTTYPE_NOEVENT) {
        ring[position].event_type = MV_EVENTTYPE_NOEVENT;
        position = (position + 1) % 3;
    }
}

int main(void) {
    if (!start(&configuration)) {
        return 1;
    }
    for (;;) {
    }
}
