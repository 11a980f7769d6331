#include "mv_syscalls.h"

#include <stddef.h>

// A callback that the application hands over is kept in a static variable and called by the
// handler: what it does is done in the handler.
typedef void (*data_handler)(uint32_t tag);

static volatile struct MvNotification ring[4] __attribute__((aligned(8)));
static uint32_t position;
static data_handler handler;
static MvChannelHandle channel;

void on_data(data_handler callback) { handler = callback; }

static void tell(uint32_t tag) {
    if (handler != NULL) {
        handler(tag);
    }
}

void TIM8_BRK_IRQHandler(void) {
    while (ring[position].event_type != MV_EVENTTYPE_NOEVENT) {
        tell(ring[position].tag);
        ring[position].event_type = MV_EVENTTYPE_NOEVENT;
        position = (position + 1) % 4;
    }
}

static void closed(uint32_t tag) {
    if (tag == 7) {
        (void)mvCloseChannel(&channel); // expect: syscall-in-isr
    }
}

void start(void) { on_data(closed); }
