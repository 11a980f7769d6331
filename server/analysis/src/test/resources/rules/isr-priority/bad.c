#include "mv_syscalls.h"

int osMessageQueuePut(void *queue, const void *message, uint8_t priority, uint32_t timeout);
static volatile struct MvNotification ring[8];
static volatile uint32_t at;
static void *queue;

enum MvStatus setup(MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {
        .irq = 45, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    return mvSetupNotifications(&setup, out);
}

static void post(uint32_t event) {
    osMessageQueuePut(queue, &event, 0, 0); // expect: isr-priority
}

void TIM2_IRQHandler(void) {
    post(ring[at].event_type);
    at = (at + 1) % 8;
}
