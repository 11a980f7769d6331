#include <stdbool.h>
#include "mv_syscalls.h"

#define TIM8_BRK_IRQn 51

extern uint32_t HAL_GetTick(void);
extern void print_line(const char *text);
extern void process(MvChannelHandle channel);

static volatile struct MvNotification ring[8] __attribute__((aligned(8)));
static volatile uint32_t next = 0;
static volatile bool answered = false;
static volatile bool message_waiting = false;
static bool ready = false;
static MvNotificationHandle centre = 0;

extern MvChannelHandle config_channel;
extern MvChannelHandle mqtt_channel;

void set_up(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM8_BRK_IRQn,
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof ring,
    };
    if (mvSetupNotifications(&setup, &centre) != MV_STATUS_OKAY) {
        centre = 0;
    }
}

void TIM8_BRK_IRQHandler(void) {
    while (ring[next].event_type != MV_EVENTTYPE_NOEVENT) {
        if (ring[next].event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            answered = true;
            message_waiting = true;
        }
        ring[next].event_type = MV_EVENTTYPE_NOEVENT;
        next = (next + 1) % 8;
    }
}

/* Cleared first. */
bool fetch(const struct MvConfigKeyFetchParams *keys) {
    answered = false;
    ready = false;
    enum MvStatus status = mvSendConfigFetchRequest(config_channel, keys);
    if (status != MV_STATUS_OKAY) {
        answered = false;
        return false;
    }
    ready = false;
    uint32_t start = HAL_GetTick();
    while (!answered && HAL_GetTick() - start < 5000) {
    }
    return answered;
}

/* One request, one answer: after it was read no other can come before the next request. */
void run(const struct MvHttpRequest *request) {
    uint32_t sent = 0;
    bool done = false;
    while (true) {
        if (HAL_GetTick() - sent > 30000) {
            sent = HAL_GetTick();
            done = mvSendHttpRequest(config_channel, request) != MV_STATUS_OKAY;
        }
        if (answered) {
            process(config_channel);
        }
        if (answered || done) {
            done = false;
            answered = false;
            print_line("done");
        }
    }
}

/* Each round clears for the request that follows. */
void rounds(const struct MvHttpRequest *request) {
    for (int i = 0; i < 3; i++) {
        answered = false;
        if (mvSendHttpRequest(config_channel, request) != MV_STATUS_OKAY) {
            continue;
        }
        while (!answered) {
        }
    }
}

/* Cleared, then read until nothing is left. */
void serve(void) {
    while (true) {
        if (message_waiting) {
            message_waiting = false;
            enum MvMqttReadableDataType type = MV_MQTTREADABLEDATATYPE_NONE;
            if (mvMqttGetNextReadableDataType(mqtt_channel, &type) == MV_STATUS_OKAY
                && type != MV_MQTTREADABLEDATATYPE_NONE) {
                print_line("message");
            }
        }
    }
}
