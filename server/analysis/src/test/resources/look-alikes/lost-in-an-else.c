// silent: channel-closure-unhandled
// What is no answer is taken for a lost connection, in other words than an event's name.
#include "mv_syscalls.h"
typedef enum { TIM2_IRQn = 45, TIM8_UP_IRQn = 52 } IRQn_Type;
void NVIC_EnableIRQ(IRQn_Type irq);
#include <stdbool.h>
#include <stdint.h>

struct cloud {
    volatile bool readable;
    volatile bool lost;
};

static volatile struct MvNotification ring[8] __attribute__((aligned(8)));
static volatile struct MvNotification other[8] __attribute__((aligned(8)));
static MvNotificationHandle centre, second;
static MvChannelHandle http, settings;
static struct cloud *target;
extern void tell(uint32_t what);

void TIM8_UP_IRQHandler(void)
{
    static unsigned at;
    while (ring[at].event_type != MV_EVENTTYPE_NOEVENT) {
        const bool data = ring[at].event_type == MV_EVENTTYPE_CHANNELDATAREADABLE;
        if (data) {
            target->readable = true;
        } else {
            target->lost = true;
        }
        ring[at].event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1) % 8;
    }
}

void TIM2_IRQHandler(void)
{
    static unsigned at;
    while (other[at].event_type != MV_EVENTTYPE_NOEVENT) {
        const enum MvEventType type = other[at].event_type;
        tell(type == MV_EVENTTYPE_CHANNELDATAREADABLE ? 1 : 2);
        other[at].event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1) % 8;
    }
}

bool start(struct cloud *cloud, struct MvOpenChannelParams *a, struct MvOpenChannelParams *b)
{
    const struct MvNotificationSetup one = {TIM8_UP_IRQn, (struct MvNotification *)ring, sizeof(ring)};
    const struct MvNotificationSetup two = {TIM2_IRQn, (struct MvNotification *)other, sizeof(other)};
    target = cloud;
    if (mvSetupNotifications(&one, &centre) != MV_STATUS_OKAY || mvSetupNotifications(&two, &second) != MV_STATUS_OKAY) {
        return false;
    }
    NVIC_EnableIRQ(TIM8_UP_IRQn);
    NVIC_EnableIRQ(TIM2_IRQn);
    a->v1.notification_handle = centre;
    b->v1.notification_handle = second;
    return mvOpenChannel(a, &http) == MV_STATUS_OKAY && mvOpenChannel(b, &settings) == MV_STATUS_OKAY;
}
