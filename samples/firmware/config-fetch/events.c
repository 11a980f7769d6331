#include "events.h"

#include "interrupts.h"

#define RECORDS 8u
/* Only the vector of TIM8 is borrowed; the timer itself stays off. */
#define EVENTS_IRQ TIM8_BRK_IRQn

/* Microvisor writes here at any time, the handler reads and clears. */
static volatile struct MvNotification ring[RECORDS] __attribute__((aligned(8)));
static uint32_t next_record;

static MvNotificationHandle centre;

volatile bool network_changed;
volatile bool config_settled;
volatile bool config_answered;

enum MvStatus events_start(void) {
    const struct MvNotificationSetup setup = {
        .irq = EVENTS_IRQ,
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &centre);
    if (status == MV_STATUS_OKAY) {
        /* Microvisor only pends the interrupt: letting it through is our part. */
        nvic_clear(EVENTS_IRQ);
        nvic_enable(EVENTS_IRQ);
    }
    return status;
}

MvNotificationHandle events_centre(void) {
    return centre;
}

static void note(enum MvEventType type, uint32_t tag) {
    if (tag == TAG_NETWORK && type == MV_EVENTTYPE_NETWORKSTATUSCHANGED) {
        network_changed = true;
    } else if (tag == TAG_CONFIG && type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
        config_answered = true;
        config_settled = true;
    } else if (tag == TAG_CONFIG && type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
        config_settled = true;
    }
}

void TIM8_BRK_IRQHandler(void);

/** Only notes what happened; system calls are for the main program. */
void TIM8_BRK_IRQHandler(void) {
    /* One interrupt may announce several records, so take all there are. */
    while (ring[next_record].event_type != MV_EVENTTYPE_NOEVENT) {
        note(ring[next_record].event_type, ring[next_record].tag);
        ring[next_record].event_type = MV_EVENTTYPE_NOEVENT;
        next_record = (next_record + 1u) % RECORDS;
    }
}
