#include <stdbool.h>
#include <stdint.h>
#include "mv_syscalls.h"

enum { TIM2_IRQn = 45, SLOTS = 8 };
extern void NVIC_EnableIRQ(int irq);

struct event {
    uint16_t id;
    uint16_t argument;
};

typedef void (*action_t)(const struct event *event);
extern const action_t actions[4];

/* Events lie in a queue that is volatile; actions get a copy of one. */
static volatile struct event queue[SLOTS];
static volatile uint32_t filled;
static volatile struct MvNotification ring[4] __attribute__((aligned(8)));
static MvNotificationHandle centre;
static uint32_t sum;

void TIM2_IRQHandler(void) {
    static uint32_t at;
    while (ring[at].event_type != MV_EVENTTYPE_NOEVENT) {
        queue[filled % SLOTS].id = 1;
        queue[filled % SLOTS].argument = (uint16_t)ring[at].tag;
        filled++;
        ring[at].event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1) % 4;
    }
}

static void count(const struct event *event) {
    sum += event->argument;
}

const action_t actions[4] = {count, count};

bool start(void) {
    const struct MvNotificationSetup setup = {TIM2_IRQn, (struct MvNotification *)ring, sizeof ring};
    if (mvSetupNotifications(&setup, &centre) != MV_STATUS_OKAY) return false;
    NVIC_EnableIRQ(TIM2_IRQn);
    return true;
}

void run(void) {
    static uint32_t done;
    while (done != filled) {
        struct event copy;
        copy.id = queue[done % SLOTS].id;
        copy.argument = queue[done % SLOTS].argument;
        done++;
        actions[copy.id](&copy);
    }
}
