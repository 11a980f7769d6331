#include <stdbool.h>
#include "mv_syscalls.h"

#define RECORDS 8

static volatile struct MvNotification records[RECORDS];
static MvNotificationHandle centre;
static uint32_t head;
static volatile bool readable;

extern void enable(uint32_t irq);

bool start(void) {
    /* Empty before Microvisor gets them: that clears nothing which came from it. */
    for (int i = 0; i < RECORDS; i++) {
        records[i].event_type = MV_EVENTTYPE_NOEVENT;
    }
    const struct MvNotificationSetup setup = {
        .irq = 51,
        .buffer = (struct MvNotification *)records,
        .buffer_size = sizeof records};
    if (mvSetupNotifications(&setup, &centre) != MV_STATUS_OKAY) {
        return false;
    }
    enable(51);
    return true;
}

void TIM8_BRK_IRQHandler(void) {
    for (;;) {
        volatile struct MvNotification *record = &records[head]; // expect: notification-not-cleared
        if (record->event_type == MV_EVENTTYPE_NOEVENT) {
            return;
        }
        if (record->event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            readable = true;
        }
        head = (head + 1) & (RECORDS - 1);
    }
}
