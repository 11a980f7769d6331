#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

/* Bits of one word tell what has come. */
#define READABLE 1u
#define CLOSED 2u
static volatile struct MvNotification ring[8] __attribute__((aligned(8)));
static volatile uint32_t at;
volatile uint32_t flags;
static MvNotificationHandle nc; static MvChannelHandle ch;
extern void osDelay(uint32_t ms);
bool setup(void) {
    struct MvNotificationSetup s = {.irq = 51, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof ring};
    return mvSetupNotifications(&s, &nc) == MV_STATUS_OKAY;
}
void TIM8_BRK_IRQHandler(void) {
    if (ring[at].event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) flags |= READABLE;
    if (ring[at].event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) flags |= CLOSED;
    ring[at].event_type = 0;
    at = (at + 1) % 8;
}
int run(struct MvHttpRequest *rq) {
    flags = 0;
    if (mvSendHttpRequest(ch, rq) != MV_STATUS_OKAY) {
        printf("send failed\n");
    }
    while ((flags & (READABLE | CLOSED)) == 0) { // expect: wait-after-failed-request
        osDelay(5);
    }
    return (flags & READABLE) ? 0 : -1;
}
