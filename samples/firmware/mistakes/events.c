#include "events.h"

#include "interrupts.h"

#define RECORDS 8u
#define EVENTS_IRQ TIM8_BRK_IRQn

static volatile struct MvNotification ring[RECORDS] __attribute__((aligned(8)));
static uint32_t next_record;
static volatile uint32_t others;

static MvNotificationHandle centre;

volatile bool network_changed;

enum MvStatus events_start(void) {
    const struct MvNotificationSetup setup = {
        .irq = EVENTS_IRQ,
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &centre);
    if (status == MV_STATUS_OKAY) {
        nvic_clear(EVENTS_IRQ);
        nvic_enable(EVENTS_IRQ);
    }
    return status;
}

MvNotificationHandle events_centre(void) {
    return centre;
}

void TIM8_BRK_IRQHandler(void);

void TIM8_BRK_IRQHandler(void) {
    while (ring[next_record].event_type != MV_EVENTTYPE_NOEVENT) {
        switch (ring[next_record].event_type) {
            case MV_EVENTTYPE_NETWORKSTATUSCHANGED:
                network_changed = true;
                break;
            default:
                /* A channel's too: none lives longer than the function that opens it. */
                others++;
                break;
        }
        ring[next_record].event_type = MV_EVENTTYPE_NOEVENT;
        next_record = (next_record + 1u) % RECORDS;
    }
}
