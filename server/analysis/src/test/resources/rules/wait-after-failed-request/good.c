#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

#define TIM8_BRK_IRQn 51

extern uint32_t HAL_GetTick(void);
extern void osDelay(uint32_t ticks);
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

/* Leaves when the request fails. */
bool ask(const struct MvHttpRequest *request) {
    answered = false;
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status != MV_STATUS_OKAY) {
        puts("no request");
        return false;
    }
    uint32_t start = HAL_GetTick();
    while (!answered && HAL_GetTick() - start < 10000) {
    }
    return answered;
}

/* Waits only when there is something to wait for. */
bool fetch(const struct MvConfigKeyFetchParams *keys) {
    enum MvStatus status = mvSendConfigFetchRequest(channel, keys);
    bool sent = status == MV_STATUS_OKAY;
    if (!sent) {
        puts("no request");
    }
    if (sent) {
        osThreadFlagsWait(1, 0, 10000);
    }
    return sent;
}

/* A second request that is sent is waited for. */
bool insist(const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY
        && mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        return false;
    }
    while (!answered) {
        osDelay(1);
    }
    return true;
}

/* A main loop that looks at the flag in each round waits for nothing in particular. */
void run(const struct MvHttpRequest *request) {
    while (true) {
        if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
            puts("no request");
        }
        osDelay(1000);
        if (answered) {
            answered = false;
        }
    }
}
