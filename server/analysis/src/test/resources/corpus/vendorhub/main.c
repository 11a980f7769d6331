/**
 *
 * Startup, the task and its events
 *
 */
#include "main.h"

// Above what the kernel masks
#define HANDLER_PRIORITY    7

#define NETWORK_TRIES       600
#define REOPEN_PAUSE_MS     5000

osMessageQueueId_t events;

static MvNetworkHandle      network = 0;
static MvNotificationHandle center = 0;
static volatile struct MvNotification ring[16] __attribute__((aligned(8)));

static void app_task(void *argument);
static void wait_for_network(void);


int main(void) {

    osKernelInitialize();
    log_init();
    events = osMessageQueueNew(16, sizeof(enum Event), NULL);
    hub_center();
    wait_for_network();

    static const osThreadAttr_t attributes = { .name = "App", .stack_size = 16384 };
    osThreadNew(app_task, NULL, &attributes);
    osKernelStart();

    while (1) {
    }
}


/**
 * @brief One center for network and hub.
 */
void hub_center(void) {

    memset((void *)ring, 0, sizeof(ring));
    const struct MvNotificationSetup setup = {
        .irq = TIM8_BRK_IRQn,
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof(ring)
    };

    enum MvStatus status = mvSetupNotifications(&setup, &center);
    if (status != MV_STATUS_OKAY) {
        server_error("Center: %i", status);
        return;
    }

    NVIC_SetPriority(TIM8_BRK_IRQn, HANDLER_PRIORITY);
    NVIC_ClearPendingIRQ(TIM8_BRK_IRQn);
    NVIC_EnableIRQ(TIM8_BRK_IRQn);

    const struct MvRequestNetworkParams params = {
        .version = 1,
        .v1 = { .notification_handle = center, .notification_tag = 1 }
    };
    status = mvRequestNetwork(&params, &network);
    if (status != MV_STATUS_OKAY) server_error("Network: %i", status);
}


/**
 * @brief Await the network before the tasks start.
 */
static void wait_for_network(void) {

    enum MvNetworkStatus status = MV_NETWORKSTATUS_DELIBERATELYOFFLINE;
    for (uint32_t tries = 0 ; tries < NETWORK_TRIES && status != MV_NETWORKSTATUS_CONNECTED ; tries++) {
        if (mvGetNetworkStatus(network, &status) != MV_STATUS_OKAY) return;
        for (volatile uint32_t i = 0 ; i < 50000 ; i++) {
        }
    }
}


static void app_task(void *argument) {

    enum Event event;
    uint32_t   count = 0;
    bool       connected = false;

    post_event(EVENT_START);

    while (1) {
        if (osMessageQueueGet(events, &event, NULL, 30000) != osOK) {
            if (connected) post_event(EVENT_SEND);
            continue;
        }

        switch (event) {
            case EVENT_START:
                post_event(token_fetch() ? EVENT_TOKEN_READY : EVENT_TOKEN_FAILED);
                break;
            case EVENT_TOKEN_READY:
                hub_open();
                break;
            case EVENT_TOKEN_FAILED:
                osDelay(10000);
                post_event(EVENT_START);
                break;
            case EVENT_CONNECTED:
                connected = true;
                break;
            case EVENT_READABLE:
                hub_read();
                break;
            case EVENT_SEND:
                hub_send(++count);
                break;
            case EVENT_DROPPED:
                connected = false;
                hub_close();
                osDelay(REOPEN_PAUSE_MS);
                hub_open();
                break;
            case EVENT_SEND_FAILED:
                server_error("Not sent");
                break;
            default:
                break;
        }
    }
}


void post_event(enum Event event) {

    if (osMessageQueuePut(events, &event, 0, 0) != osOK) server_error("Event lost");
}


MvNetworkHandle network_of_app(void) {

    return network;
}


MvNotificationHandle center_of_app(void) {

    return center;
}


/**
 * @brief Notifications of network and hub.
 */
void TIM8_BRK_IRQHandler(void) {

    static uint32_t at = 0;
    volatile struct MvNotification *record = &ring[at];

    while (record->event_type != MV_EVENTTYPE_NOEVENT) {
        enum Event event = EVENT_NONE;
        if (record->tag == 2) {
            if (record->event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) event = EVENT_READABLE;
            else if (record->event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) event = EVENT_DROPPED;
        }

        if (event != EVENT_NONE) osMessageQueuePut(events, &event, 0, 0);
        record->event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1) % 16;
        record = &ring[at];
    }
}


void light(bool on) {

    if (mvSystemLedEnable(on ? 1 : 0) != MV_STATUS_OKAY) server_error("LED");
}
