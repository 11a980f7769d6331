#include <stdbool.h>
#include "mv_syscalls.h"

#define TIM8_BRK_IRQn 51

struct inbox {
    bool readable;
    bool closed;
    bool wanted;
};

/* The whole structure is volatile. */
static volatile struct inbox inbox;
/* Nobody outside of the handler reads this one. */
static struct {
    bool overrun;
} trace;
static volatile struct MvNotification ring[8] __attribute__((aligned(8)));
static volatile uint32_t next;
extern MvNotificationHandle centre;

void set_up(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM8_BRK_IRQn,
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof ring,
    };
    (void)mvSetupNotifications(&setup, &centre);
}

void TIM8_BRK_IRQHandler(void) {
    while (ring[next].event_type != MV_EVENTTYPE_NOEVENT) {
        if (ring[next].event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            trace.overrun = true;
            inbox.readable = true;
        } else if (ring[next].event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
            inbox.closed = true;
        }
        ring[next].event_type = MV_EVENTTYPE_NOEVENT;
        next = (next + 1) % 8;
    }
}

bool is_answered(void) {
    inbox.wanted = false;
    return inbox.readable || inbox.closed;
}
