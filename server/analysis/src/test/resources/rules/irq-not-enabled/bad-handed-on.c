#include "mv_syscalls.h"

static inline void NVIC_EnableIRQ(int irq) {
    ((volatile uint32_t *)0xE000E100u)[irq >> 5] = 1u << (irq & 31);
}

static volatile struct MvNotification ring[8], other_ring[8];
static MvNotificationHandle centre, other;

static enum MvStatus make(int number, volatile struct MvNotification *records, MvNotificationHandle *into) {
    struct MvNotificationSetup setup = {.irq = number, .buffer = (struct MvNotification *)records, .buffer_size = sizeof(ring)};
    NVIC_EnableIRQ(number);
    return mvSetupNotifications(&setup, into);
}

int main(void) {
    struct MvNotificationSetup setup = {.irq = 51, .buffer = (struct MvNotification *)other_ring, .buffer_size = sizeof(other_ring)}; // expect: irq-not-enabled
    return make(45, ring, &centre) || mvSetupNotifications(&setup, &other);
}

void TIM2_IRQHandler(void) {
}

void TIM8_BRK_IRQHandler(void) {
}
