#include <stdbool.h>
#include "mv_syscalls.h"

#define TIM8_BRK_IRQn 51

extern uint32_t HAL_GetTick(void);
extern void HAL_Delay(uint32_t ms);

/* The flags are members; requests and waits have functions of their own. */
struct app {
    MvChannelHandle channel;
    MvNotificationHandle centre;
    uint32_t next;
    volatile bool answered;
    volatile bool closed;
};

extern struct app app;

struct session {
    MvChannelHandle channel;
    volatile uint8_t readable;
};

static struct session config;
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
            if (ring[app.next].tag == 1) {
                app.answered = true;
            } else {
                config.readable = 1;
            }
        } else if (ring[app.next].event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
            app.closed = true;
        }
        ring[app.next].event_type = MV_EVENTTYPE_NOEVENT;
        app.next = (app.next + 1) % 8;
    }
}

bool ask(const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(app.channel, request) != MV_STATUS_OKAY) {
        return false;
    }
    app.answered = false; // expect: isr-flag-race
    for (uint32_t left = 10000; left > 0 && !app.answered; left -= 10) {
        HAL_Delay(10);
    }
    return app.answered;
}

static bool send_keys(struct session *session, const struct MvConfigKeyFetchParams *keys) {
    enum MvStatus status = mvSendConfigFetchRequest(session->channel, keys);
    return status == MV_STATUS_OKAY;
}

static bool wait_for_keys(struct session *session, uint32_t timeout) {
    uint32_t start = HAL_GetTick();
    session->readable = 0; // expect: isr-flag-race
    while (!session->readable) {
        if (HAL_GetTick() - start > timeout) {
            return false;
        }
    }
    return true;
}

bool fetch(struct session *session, const struct MvConfigKeyFetchParams *keys) {
    return send_keys(session, keys) && wait_for_keys(session, 5000);
}
