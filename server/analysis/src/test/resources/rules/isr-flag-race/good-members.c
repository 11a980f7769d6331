#include <stdbool.h>
#include "mv_syscalls.h"

#define TIM8_BRK_IRQn 51

extern uint32_t HAL_GetTick(void);
extern void HAL_Delay(uint32_t ms);

struct app {
    MvChannelHandle channel;
    MvNotificationHandle centre;
    uint32_t next;
    volatile bool answered;
    volatile bool closed;
    bool busy;
};

extern struct app app;

static volatile struct MvNotification ring[8] __attribute__((aligned(8)));

void set_up(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM8_BRK_IRQn,
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof ring,
    };
    if (mvSetupNotifications(&setup, &app.centre) != MV_STATUS_OKAY) {
        app.centre = 0;
    }
}

void TIM8_BRK_IRQHandler(void) {
    while (ring[app.next].event_type != MV_EVENTTYPE_NOEVENT) {
        if (ring[app.next].event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            app.answered = true;
        } else if (ring[app.next].event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
            app.closed = true;
        }
        ring[app.next].event_type = MV_EVENTTYPE_NOEVENT;
        app.next = (app.next + 1) % 8;
    }
}

static void forget(void) {
    app.answered = false;
    app.closed = false;
}

static bool send(const struct MvHttpRequest *request) {
    forget();
    return mvSendHttpRequest(app.channel, request) == MV_STATUS_OKAY;
}

static bool answered_within(uint32_t timeout) {
    uint32_t start = HAL_GetTick();
    while (!app.answered && !app.closed) {
        if (HAL_GetTick() - start > timeout) {
            return false;
        }
    }
    return app.answered;
}

/* Cleared before each request, and once more when all is over. */
bool ask(const struct MvHttpRequest *request) {
    app.busy = true;
    bool good = send(request) && answered_within(10000);
    app.busy = false;
    forget();
    return good;
}

/* Looked at, then cleared: no other answer comes on this channel. */
void poll(void) {
    if (app.answered) {
        struct MvHttpResponseData data;
        if (mvReadHttpResponseData(app.channel, &data) == MV_STATUS_OKAY && data.result == MV_HTTPRESULT_OK) {
            app.busy = false;
        }
        app.answered = false;
    }
}
