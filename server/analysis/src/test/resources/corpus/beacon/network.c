#include "app.h"

/* Central store for the network handle */
static MvNetworkHandle net_handle = 0;
static MvNotificationHandle net_notification_center = 0;

/* The ring lies on 8 by the type of its records. */
static volatile struct MvNotification net_notification_buffer[4];
static volatile uint32_t net_index = 0;
static volatile uint32_t net_changes = 0;

static void net_setup_notification_center(void) {
    memset((void *)net_notification_buffer, 0x00, sizeof(net_notification_buffer));

    static struct MvNotificationSetup net_notification_setup = {
        .irq = TIM1_BRK_IRQn,
        .buffer = (struct MvNotification *)net_notification_buffer,
        .buffer_size = sizeof(net_notification_buffer)
    };

    enum MvStatus status = mvSetupNotifications(&net_notification_setup, &net_notification_center);
    assert(status == MV_STATUS_OKAY);

    NVIC_ClearPendingIRQ(net_notification_setup.irq);
    NVIC_EnableIRQ(net_notification_setup.irq);
}

/**
 * @brief Connect to the network, and wait for it: the application has nothing to do before.
 */
void net_open_network(void) {
    if (net_notification_center == 0) {
        net_setup_notification_center();
    }

    struct MvRequestNetworkParams network_config = {
        .version = 1,
        .v1 = {
            .notification_handle = net_notification_center,
            .notification_tag = USER_TAG_LOGGING_OPEN_CHANNEL,
        }
    };

    enum MvStatus status = mvRequestNetwork(&network_config, &net_handle);
    assert(status == MV_STATUS_OKAY);

    enum MvNetworkStatus net_status = MV_NETWORKSTATUS_CONNECTING;
    uint32_t started = HAL_GetTick();
    do {
        if (mvGetNetworkStatus(net_handle, &net_status) != MV_STATUS_OKAY) {
            break;
        }
        HAL_Delay(50);
    } while (net_status != MV_NETWORKSTATUS_CONNECTED && HAL_GetTick() - started < 60000);
}

MvNetworkHandle get_net_handle(void) {
    return net_handle;
}

bool net_is_up(void) {
    enum MvNetworkStatus now;
    enum MvStatus status = mvGetNetworkStatus(net_handle, &now);
    return status == MV_STATUS_OKAY && now == MV_NETWORKSTATUS_CONNECTED;
}

void TIM1_BRK_IRQHandler(void) {
    while (net_notification_buffer[net_index].event_type != MV_EVENTTYPE_NOEVENT) {
        if (net_notification_buffer[net_index].event_type == MV_EVENTTYPE_NETWORKSTATUSCHANGED) {
            net_changes++;
        }
        net_notification_buffer[net_index].event_type = MV_EVENTTYPE_NOEVENT;
        net_index = (net_index + 1) % 4;
    }
}
