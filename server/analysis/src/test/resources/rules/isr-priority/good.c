#include <stdbool.h>
#include "mv_syscalls.h"

int osMessageQueuePut(void *queue, const void *message, uint8_t priority, uint32_t timeout);
void NVIC_SetPriority(int number, uint32_t priority);
static volatile struct MvNotification ring[8], other[8];
static volatile uint32_t at;
static volatile bool flag;
static void *queue;

enum MvStatus setup(MvNotificationHandle *out, MvNotificationHandle *second) {
    struct MvNotificationSetup setup = {
        .irq = 45, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    NVIC_SetPriority(45, 6);
    struct MvNotificationSetup simple = {
        .irq = 51, .buffer = (struct MvNotification *)other, .buffer_size = sizeof(other)};
    enum MvStatus status = mvSetupNotifications(&simple, second);
    return status ? status : mvSetupNotifications(&setup, out);
}

void TIM2_IRQHandler(void) {
    uint32_t event = ring[at].event_type;
    at = (at + 1) % 8;
    osMessageQueuePut(queue, &event, 0, 0);
}

void TIM8_BRK_IRQHandler(void) {
    flag = true;
}
