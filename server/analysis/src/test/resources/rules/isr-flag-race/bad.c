#include <stdbool.h>
#include "mv_syscalls.h"

#define TIM8_BRK_IRQn 51

extern uint32_t HAL_GetTick(void);

static volatile struct MvNotification ring[8] __attribute__((aligned(8)));
static volatile uint32_t next = 0;
static volatile bool answered = false;
static volatile bool message_waiting = false;
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
            if (ring[next].tag == 1) {
                answered = true;
            } else {
                message_waiting = true;
            }
        }
        ring[next].event_type = MV_EVENTTYPE_NOEVENT;
        next = (next + 1) % 8;
    }
}

bool fetch(const struct MvConfigKeyFetchParams *keys) {
    enum MvStatus status = mvSendConfigFetchRequest(config_channel, keys);
    if (status != MV_STATUS_OKAY) {
        return false;
    }
    answered = false; // expect: isr-flag-race
    uint32_t start = HAL_GetTick();
    while (!answered && HAL_GetTick() - start < 5000) {
    }
    return answered;
}

static enum MvStatus send(const struct MvHttpRequest *request) {
    return mvSendHttpRequest(config_channel, request);
}

extern void print_line(const char *text);

bool ask(const struct MvHttpRequest *request) {
    if (send(request) == MV_STATUS_OKAY) {
        print_line("sent");
        answered = false; // expect: isr-flag-race
        for (uint32_t start = HAL_GetTick(); HAL_GetTick() - start < 10000;) {
            if (answered) {
                return true;
            }
        }
    }
    return false;
}

static void read_messages(void) {
    enum MvMqttReadableDataType type = MV_MQTTREADABLEDATATYPE_NONE;
    if (mvMqttGetNextReadableDataType(mqtt_channel, &type) == MV_STATUS_OKAY
        && type != MV_MQTTREADABLEDATATYPE_NONE) {
        print_line("message");
    }
}

void serve(void) {
    while (true) {
        if (message_waiting) {
            read_messages();
            message_waiting = false; // expect: isr-flag-race
        }
    }
}

extern void close_channel(void);

/* Round and round: what counts is that nothing clears it before the next request. */
void poll(const struct MvHttpRequest *request) {
    uint32_t due = HAL_GetTick();
    while (true) {
        if (HAL_GetTick() - due > 60000) {
            due = HAL_GetTick();
            if (send(request) == MV_STATUS_OKAY) {
                answered = false; // expect: isr-flag-race
            } else {
                close_channel();
            }
        }
        if (answered) {
            answered = false;
            print_line("answered");
            close_channel();
        }
    }
}
