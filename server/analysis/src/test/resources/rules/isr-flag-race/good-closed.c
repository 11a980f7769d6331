#include <stdbool.h>
#include "mv_syscalls.h"

struct link {
    MvChannelHandle channel;
    volatile bool answered;
};

static struct link here;
static volatile struct MvNotification ring[8];
static volatile uint32_t next;
static MvNotificationHandle centre;

enum MvStatus set_up(void) {
    const struct MvNotificationSetup setup = {
        .irq = 51, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof ring};
    return mvSetupNotifications(&setup, &centre);
}

void TIM8_BRK_IRQHandler(void) {
    while (ring[next].event_type != MV_EVENTTYPE_NOEVENT) {
        if (ring[next].event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            here.answered = true;
        }
        ring[next].event_type = MV_EVENTTYPE_NOEVENT;
        next = (next + 1) % 8;
    }
}

static bool ask(struct link *link, const struct MvHttpRequest *request) {
    return mvSendHttpRequest(link->channel, request) == MV_STATUS_OKAY;
}

/* No answer comes on a closed channel. */
static void hang_up(struct link *link) {
    (void)mvCloseChannel(&link->channel);
    link->answered = false;
}

extern void wait_a_while(void);
extern bool read_answer(MvChannelHandle channel);

void exchange(const struct MvHttpRequest *request) {
    if (!ask(&here, request)) {
        return;
    }
    wait_a_while();
    (void)read_answer(here.channel);
    hang_up(&here);
}
