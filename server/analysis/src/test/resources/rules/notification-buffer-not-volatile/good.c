#include "mv_syscalls.h"

static struct MvNotification never_read[8];
static struct MvNotification through_pointer[8];
static volatile struct MvNotification ring[8];
static volatile uint32_t at;
static uint32_t seen;

enum MvStatus setup(MvNotificationHandle *a, MvNotificationHandle *b, MvNotificationHandle *c) {
    struct MvNotificationSetup first = {
        .irq = 45, .buffer = never_read, .buffer_size = sizeof(never_read)};
    struct MvNotificationSetup second = {
        .irq = 46, .buffer = through_pointer, .buffer_size = sizeof(through_pointer)};
    struct MvNotificationSetup third = {
        .irq = 47, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    enum MvStatus status = mvSetupNotifications(&first, a);
    if (!status) status = mvSetupNotifications(&second, b);
    return status ? status : mvSetupNotifications(&third, c);
}

void TIM2_IRQHandler(void) {
}

void TIM3_IRQHandler(void) {
    volatile struct MvNotification *record = &through_pointer[at];
    seen += record->event_type;
}

void TIM4_IRQHandler(void) {
    seen += ring[at].event_type;
}
