#include "mv_syscalls.h"

#define RING_IRQ 45

int osMessageQueuePut(void *queue, const void *message, uint8_t priority, uint32_t timeout);
void NVIC_EnableIRQ(int number);
void NVIC_SetPriority(int number, uint32_t priority);
static volatile struct MvNotification ring[8];
static volatile uint32_t at;
static void *queue;

enum MvStatus setup(MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {
        .irq = RING_IRQ, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    enum MvStatus status = mvSetupNotifications(&setup, out);
    if (status == MV_STATUS_OKAY)
        NVIC_EnableIRQ(RING_IRQ); // expect: isr-priority
    NVIC_EnableIRQ(RING_IRQ);
    return status;
}

void TIM2_IRQHandler(void) {
    uint32_t event = ring[at].event_type;
    ring[at].event_type = MV_EVENTTYPE_NOEVENT;
    at = (at + 1) % 8;
    osMessageQueuePut(queue, &event, 0, 0);
}
