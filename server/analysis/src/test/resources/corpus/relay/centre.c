#include "relay.h"

#define CENTRE_VECTOR TIM8_BRK
#define IRQ_OF_(vector) vector##_IRQn
#define IRQ_OF(vector) IRQ_OF_(vector)
#define HANDLER_OF_(vector) vector##_IRQHandler
#define HANDLER_OF(vector) HANDLER_OF_(vector)
#define RECORDS 16

MvNotificationHandle relay_centre;
static volatile struct MvNotification records[RECORDS];
static volatile uint32_t came[4];
static TaskHandle_t waiting;
static unsigned head;

bool centre_start(void) {
    const struct MvNotificationSetup setup = {
        .irq = IRQ_OF(CENTRE_VECTOR),
        .buffer = (struct MvNotification *)records,
        .buffer_size = RECORDS * sizeof(struct MvNotification),
    };
    CHECK(mvSetupNotifications(&setup, &relay_centre));
    NVIC_SetPriority(setup.irq, 6);
    NVIC_ClearPendingIRQ(setup.irq);
    NVIC_EnableIRQ(setup.irq);
    return true;
fail:
    return false;
}

void centre_forget(enum relay_tag tag) {
    came[tag] = 0;
}

bool centre_wait(enum relay_tag tag, uint32_t timeout_ms) {
    uint32_t start = xTaskGetTickCount();
    while (came[tag] == 0) {
        if (xTaskGetTickCount() - start >= pdMS_TO_TICKS(timeout_ms)) {
            return false;
        }
        vTaskDelay(pdMS_TO_TICKS(10));
    }
    uint32_t what = came[tag];
    came[tag] = 0;
    return (what & RELAY_READABLE) != 0;
}

void HANDLER_OF(CENTRE_VECTOR)(void) {
    volatile struct MvNotification *record = &records[head];
    while (record->event_type != MV_EVENTTYPE_NOEVENT) {
        if (record->tag < LEN(came)) {
            switch (record->event_type) {
                case MV_EVENTTYPE_CHANNELDATAREADABLE:
                    came[record->tag] |= RELAY_READABLE;
                    break;
                case MV_EVENTTYPE_CHANNELNOTCONNECTED:
                    came[record->tag] |= RELAY_LOST;
                    break;
                default:
                    break;
            }
        }
        record->event_type = MV_EVENTTYPE_NOEVENT;
        head = (head + 1) % LEN(records);
        record = &records[head];
    }
}
