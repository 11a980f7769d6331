#include "app.h"
#include "stm32u5xx_hal.h"

#define RING 16
#define CENTRE_IRQ TIM8_BRK_IRQn

MvNotificationHandle centre_handle;
MvNetworkHandle net_handle;
static volatile struct MvNotification ring[RING] __attribute__ ((aligned(8)));
static uint32_t next;

bool centre_start(void) {
    static struct MvNotificationSetup setup = {
        .irq = CENTRE_IRQ, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
    enum MvStatus status = mvSetupNotifications(&setup, &centre_handle);
    if (status != MV_STATUS_OKAY) {
        return false;
    }
    /* The handler posts to the queue, so it must not be more urgent than the kernel allows. */
    NVIC_SetPriority(CENTRE_IRQ, 6);
    NVIC_ClearPendingIRQ(CENTRE_IRQ);
    NVIC_EnableIRQ(CENTRE_IRQ);
    return true;
}

bool net_start(void) {
    const struct MvRequestNetworkParams params = {
        .version = 1,
        .v1.notification_handle = centre_handle,
        .v1.notification_tag = 1,
    };
    return mvRequestNetwork(&params, &net_handle) == MV_STATUS_OKAY;
}

void TIM8_BRK_IRQHandler(void) {
    for (;;) {
        volatile struct MvNotification *record = &ring[next];
        switch (record->event_type) {
            case MV_EVENTTYPE_NOEVENT:
                return;
            case MV_EVENTTYPE_NETWORKSTATUSCHANGED:
                post(EV_CONNECTED);
                break;
            case MV_EVENTTYPE_CHANNELDATAREADABLE:
                post(EV_RESPONSE);
                break;
            case MV_EVENTTYPE_CHANNELNOTCONNECTED:
                post(EV_CHANNEL_LOST);
                break;
            default:
                break;
        }
        record->event_type = MV_EVENTTYPE_NOEVENT;
        next = (next + 1) % RING;
    }
}
