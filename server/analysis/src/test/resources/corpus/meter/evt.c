#include "stm32u5xx_hal.h"
#include "types.h"

#define EVT_RECORDS (8u)

MvNotificationHandle EVT_hCentre = 0;
static volatile struct MvNotification asRing[EVT_RECORDS] __attribute__((aligned(8)));
static volatile U32 u32Events = 0;
static U32 u32Read = 0;

void EVT_Init(void) {
    const struct MvNotificationSetup sSetup = {TIM2_IRQn, (struct MvNotification *)asRing, sizeof(asRing)};
    enum MvStatus eStatus = mvSetupNotifications(&sSetup, &EVT_hCentre);
    if (MV_STATUS_OKAY != eStatus) {
        DBG_Number("EVT: setup", eStatus);
        return;
    }
    NVIC_ClearPendingIRQ(TIM2_IRQn);
    NVIC_EnableIRQ(TIM2_IRQn);

    struct MvOpenSystemNotificationParams sUpdate = {
        EVT_hCentre, 9u, MV_SYSTEMNOTIFICATIONSOURCE_UPDATE};
    static MvSystemEventHandle hUpdate;
    eStatus = mvOpenSystemNotification(&sUpdate, &hUpdate);
    if (MV_STATUS_OKAY != eStatus) {
        DBG_Number("EVT: updates", eStatus);
    }
}

/* What has come since the last call, of what is asked for. */
U32 EVT_Take(U32 u32Mask) {
    __disable_irq();
    U32 u32Got = u32Events & u32Mask;
    u32Events &= ~u32Mask;
    __enable_irq();
    return u32Got;
}

void TIM2_IRQHandler(void) {
    for (;;) {
        struct MvNotification sRecord = asRing[u32Read];
        if (sRecord.event_type == MV_EVENTTYPE_NOEVENT) {
            break;
        }
        if (sRecord.event_type == MV_EVENTTYPE_NETWORKSTATUSCHANGED) {
            u32Events |= EVT_NET;
        } else if (sRecord.event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            u32Events |= EVT_RESPONSE;
        } else if (sRecord.event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
            u32Events |= EVT_GONE;
        } else if (sRecord.event_type == MV_EVENTTYPE_UPDATEDOWNLOADED) {
            u32Events |= EVT_UPDATE;
        }
        asRing[u32Read].event_type = MV_EVENTTYPE_NOEVENT;
        u32Read = (u32Read + 1u) & (EVT_RECORDS - 1u);
    }
}
