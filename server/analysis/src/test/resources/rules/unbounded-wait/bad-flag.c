#include "mv_syscalls.h"
#include <stdbool.h>
#include <stdint.h>

#define ROOM 4

typedef enum { TIM2_IRQn = 45 } IRQn_Type;
extern void NVIC_EnableIRQ(IRQn_Type irq);
extern void HAL_Delay(uint32_t ms);

static volatile struct MvNotification ring[ROOM] __attribute__((aligned(8)));
static MvNotificationHandle centre;
static MvChannelHandle channel;
static volatile bool answered;

void TIM2_IRQHandler(void)
{
    static uint32_t at;
    while (ring[at].event_type != MV_EVENTTYPE_NOEVENT) {
        if (ring[at].event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            answered = true;
        }
        ring[at].event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1) % ROOM;
    }
}

bool fetch(struct MvOpenChannelParams *params, const struct MvConfigKeyFetchParams *keys)
{
    const struct MvNotificationSetup setup = {TIM2_IRQn, (struct MvNotification *)ring, sizeof(ring)};
    if (mvSetupNotifications(&setup, &centre) != MV_STATUS_OKAY) {
        return false;
    }
    NVIC_EnableIRQ(TIM2_IRQn);
    params->v1.notification_handle = centre;
    if (mvOpenChannel(params, &channel) != MV_STATUS_OKAY) {
        return false;
    }
    answered = false;
    bool sent = mvSendConfigFetchRequest(channel, keys) == MV_STATUS_OKAY;
    if (sent) {
        while (!answered) { // expect: unbounded-wait
            HAL_Delay(10);
        }
    }
    return mvCloseChannel(&channel) == MV_STATUS_OKAY && sent;
}
