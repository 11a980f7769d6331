#include <string.h>

#include "gateway.h"
#include "stm32u5xx_hal.h"

/* One centre for everything. The application borrows the vector of a timer that it does not use. */
#define CENTRE_IRQ TIM8_UP_IRQn
#define CENTRE_DEPTH 16u
/* Not more urgent than the kernel allows: the handler sets event flags. */
#define CENTRE_PRIORITY 6u

static volatile struct MvNotification records[CENTRE_DEPTH] __attribute__((aligned(8)));
static MvNotificationHandle centre;
static osEventFlagsId_t flags;
static uint32_t next_record;

bool notify_init(void) {
    flags = osEventFlagsNew(NULL);
    if (flags == NULL) {
        return false;
    }
    struct MvNotificationSetup setup = {
        .irq = CENTRE_IRQ,
        .buffer = (struct MvNotification *)records,
        .buffer_size = sizeof records,
    };
    if (mvSetupNotifications(&setup, &centre) != MV_STATUS_OKAY) {
        return false;
    }
    NVIC_SetPriority(CENTRE_IRQ, CENTRE_PRIORITY);
    NVIC_ClearPendingIRQ(CENTRE_IRQ);
    NVIC_EnableIRQ(CENTRE_IRQ);
    return true;
}

MvNotificationHandle notify_centre(void) {
    return centre;
}

uint32_t notify_wait(uint32_t wanted, uint32_t timeout_ms) {
    uint32_t got = osEventFlagsWait(flags, wanted, osFlagsWaitAny, timeout_ms);
    return (got & osFlagsError) != 0 ? 0 : got;
}

static uint32_t flag_of(uint32_t tag, enum MvEventType type) {
    switch (tag) {
        case TAG_NETWORK:
            return type == MV_EVENTTYPE_NETWORKSTATUSCHANGED ? EVT_NETWORK : 0;
        case TAG_CONFIG:
            return type == MV_EVENTTYPE_CHANNELDATAREADABLE ? EVT_CONFIG_READY
                   : type == MV_EVENTTYPE_CHANNELNOTCONNECTED ? EVT_CONFIG_LOST
                                                              : 0;
        case TAG_HTTP:
            return type == MV_EVENTTYPE_CHANNELDATAREADABLE ? EVT_HTTP_READY
                   : type == MV_EVENTTYPE_CHANNELNOTCONNECTED ? EVT_HTTP_LOST
                                                              : 0;
        default:
            return 0;
    }
}

void TIM8_UP_IRQHandler(void) {
    uint32_t set = 0;
    volatile struct MvNotification *record = &records[next_record];
    while (record->event_type != MV_EVENTTYPE_NOEVENT) {
        set |= flag_of(record->tag, record->event_type);
        record->event_type = MV_EVENTTYPE_NOEVENT;
        next_record = (next_record + 1u) % CENTRE_DEPTH;
        record = &records[next_record];
    }
    if (set != 0) {
        osEventFlagsSet(flags, set);
    }
}
