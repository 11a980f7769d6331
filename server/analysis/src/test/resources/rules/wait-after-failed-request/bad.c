#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

#define TIM8_BRK_IRQn 51

extern uint32_t HAL_GetTick(void);
extern uint32_t osThreadFlagsWait(uint32_t flags, uint32_t options, uint32_t timeout);

static volatile struct MvNotification ring[8] __attribute__((aligned(8)));
static volatile uint32_t next = 0;
static volatile bool answered = false;
static MvNotificationHandle centre = 0;
extern MvChannelHandle channel;

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
        answered = true;
        ring[next].event_type = MV_EVENTTYPE_NOEVENT;
        next = (next + 1) % 8;
    }
}

static void log_failure(const char *what) {
    static int failures = 0;
    failures++;
    if (failures < 10) {
        puts(what);
    }
}

bool ask(const struct MvHttpRequest *request) {
    answered = false;
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status != MV_STATUS_OKAY) {
        log_failure("no request");
    }
    uint32_t start = HAL_GetTick();
    while (!answered && HAL_GetTick() - start < 10000) { // expect: wait-after-failed-request
    }
    return answered;
}

static bool send(const struct MvConfigKeyFetchParams *keys) {
    enum MvStatus status = mvSendConfigFetchRequest(channel, keys);
    if (status != MV_STATUS_OKAY) {
        log_failure("no request");
        return false;
    }
    return true;
}

bool fetch(const struct MvConfigKeyFetchParams *keys) {
    answered = false;
    if (!send(keys)) {
        log_failure("cannot fetch");
    }
    osThreadFlagsWait(1, 0, 10000); // expect: wait-after-failed-request
    return answered;
}
