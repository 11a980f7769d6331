/* The handler only wakes the program, which asks the ring. */
#include <stdbool.h>
#include "mv_syscalls.h"

#define RECORDS 8

static volatile struct MvNotification records[RECORDS] __attribute__((aligned(8)));
static volatile bool woken;
static uint32_t next;

static void NVIC_EnableIRQ(int irq) {
    *(volatile uint32_t *)(0xE000E100u + 4u * (irq / 32)) = 1u << irq % 32;
}

void TIM8_UP_IRQHandler(void) {
    woken = true;
}

static enum MvEventType take(void) {
    enum MvEventType type = records[next].event_type; // expect: notification-not-cleared
    if (type != MV_EVENTTYPE_NOEVENT) {
        next = (next + 1) % RECORDS;
    }
    return type;
}

int main(void) {
    MvNotificationHandle centre;
    const struct MvNotificationSetup setup = {
        .irq = 52,
        .buffer = (struct MvNotification *)records,
        .buffer_size = sizeof(records),
    };
    if (mvSetupNotifications(&setup, &centre) != MV_STATUS_OKAY) {
        return 1;
    }
    NVIC_EnableIRQ(52);
    for (;;) {
        if (woken) {
            woken = false;
            while (take() != MV_EVENTTYPE_NOEVENT) {
            }
        }
        __asm volatile("wfi");
    }
}
