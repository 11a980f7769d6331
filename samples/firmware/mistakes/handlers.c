/* Handlers that mistreat the records of their ring. Linked, and not run. */
#include <stdbool.h>

#include "interrupts.h"
#include "mistakes.h"
#include "network.h"

#define RECORDS 8u

static volatile bool seen;
static uint8_t receive[1024] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));

static struct MvNotification copied_ring[RECORDS] __attribute__((aligned(8)));  // expect: notification-buffer-not-volatile
static volatile uint32_t copied_next;
static MvNotificationHandle copied_centre;

static void start_copied(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM3_IRQn,
        .buffer = (struct MvNotification *)copied_ring,
        .buffer_size = sizeof copied_ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &copied_centre);
    report("start_copied", status);
    nvic_enable(TIM3_IRQn);
}

void TIM3_IRQHandler(void);

void TIM3_IRQHandler(void) {
    struct MvNotification record = copied_ring[copied_next];  // expect: notification-single-drain
    if (record.event_type != MV_EVENTTYPE_NOEVENT) {
        seen = true;
        copied_next = (copied_next + 1u) % RECORDS;
        record.event_type = MV_EVENTTYPE_NOEVENT;  // expect: notification-clear-on-copy
    }
}

static volatile struct MvNotification half_ring[RECORDS] __attribute__((aligned(8)));
static volatile uint32_t half_next;
static MvNotificationHandle half_centre;

static void start_half(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM4_IRQn,
        .buffer = (struct MvNotification *)half_ring,
        .buffer_size = sizeof half_ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &half_centre);
    report("start_half", status);
    nvic_enable(TIM4_IRQn);
}

void TIM4_IRQHandler(void);

void TIM4_IRQHandler(void) {
    while (half_ring[half_next].event_type != MV_EVENTTYPE_NOEVENT) {
        seen = true;
        half_ring[half_next].event_type = MV_EVENTTYPE_NOEVENT;
        half_next = (half_next + 1u) % 4u;  // expect: notification-index-bound
    }
}

static volatile struct MvNotification stuck_ring[RECORDS] __attribute__((aligned(8)));
static volatile uint32_t stuck_next;
static MvNotificationHandle stuck_centre;

static void start_stuck(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM5_IRQn,
        .buffer = (struct MvNotification *)stuck_ring,
        .buffer_size = sizeof stuck_ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &stuck_centre);
    report("start_stuck", status);
    nvic_enable(TIM5_IRQn);
}

static void open_stuck(void) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = stuck_centre,
            .network_handle = network_handle(),
            .receive_buffer = receive,
            .receive_buffer_len = sizeof receive,
            .send_buffer = send,
            .send_buffer_len = sizeof send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(&params, &channel);
    if (status == MV_STATUS_OKAY) {
        report("closing the channel", mvCloseChannel(&channel));
    }
}

void TIM5_IRQHandler(void);

void TIM5_IRQHandler(void) {
    for (uint32_t i = 0; i < RECORDS; i++) {
        volatile struct MvNotification *record = &stuck_ring[stuck_next];
        switch (record->event_type) {
            case MV_EVENTTYPE_CHANNELDATAREADABLE:
                seen = true;
                record->event_type = MV_EVENTTYPE_NOEVENT;
                stuck_next = (stuck_next + 1u) % RECORDS;  // expect: notification-index-stuck
                break;
            default:
                seen = true;
                break;
        }
    }
}

static volatile struct MvNotification first_ring[RECORDS] __attribute__((aligned(8)));
static MvNotificationHandle first_centre;

static void start_first(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM6_IRQn,
        .buffer = (struct MvNotification *)first_ring,
        .buffer_size = sizeof first_ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &first_centre);
    report("start_first", status);
    nvic_enable(TIM6_IRQn);
}

void TIM6_IRQHandler(void);

void TIM6_IRQHandler(void) {
    if (first_ring[0].event_type == MV_EVENTTYPE_NETWORKSTATUSCHANGED) {  // expect: notification-ring-not-walked
        seen = true;
    }
    first_ring[0].event_type = MV_EVENTTYPE_NOEVENT;
}

static volatile struct MvNotification tagged_ring[RECORDS] __attribute__((aligned(8)));
static volatile uint32_t tagged_next;
static MvNotificationHandle tagged_centre;

static void start_tagged(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM15_IRQn,
        .buffer = (struct MvNotification *)tagged_ring,
        .buffer_size = sizeof tagged_ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &tagged_centre);
    report("start_tagged", status);
    nvic_enable(TIM15_IRQn);
}

static void open_tagged(void) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = tagged_centre,
            .network_handle = network_handle(),
            .receive_buffer = receive,
            .receive_buffer_len = sizeof receive,
            .send_buffer = send,
            .send_buffer_len = sizeof send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(&params, &channel);
    if (status == MV_STATUS_OKAY) {
        report("closing the channel", mvCloseChannel(&channel));
    }
}

void TIM15_IRQHandler(void);

void TIM15_IRQHandler(void) {
    if (tagged_ring[tagged_next].tag == 1u) {  // expect: event-type-unchecked, notification-single-drain
        seen = true;
    }
    tagged_next = (tagged_next + 1u) % RECORDS;
}

static volatile struct MvNotification deaf_ring[RECORDS] __attribute__((aligned(8)));
static volatile uint32_t deaf_next;
static MvNotificationHandle deaf_centre;

static void start_deaf(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM16_IRQn,
        .buffer = (struct MvNotification *)deaf_ring,
        .buffer_size = sizeof deaf_ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &deaf_centre);
    report("start_deaf", status);
    nvic_enable(TIM16_IRQn);
}

static void open_deaf(void) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = deaf_centre,
            .network_handle = network_handle(),
            .receive_buffer = receive,
            .receive_buffer_len = sizeof receive,
            .send_buffer = send,
            .send_buffer_len = sizeof send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(&params, &channel);
    if (status == MV_STATUS_OKAY) {
        report("closing the channel", mvCloseChannel(&channel));
    }
}

void TIM16_IRQHandler(void);

void TIM16_IRQHandler(void) {  // expect: channel-closure-unhandled
    while (deaf_ring[deaf_next].event_type != MV_EVENTTYPE_NOEVENT) {
        if (deaf_ring[deaf_next].event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            seen = true;
        }
        deaf_ring[deaf_next].event_type = MV_EVENTTYPE_NOEVENT;
        deaf_next = (deaf_next + 1u) % RECORDS;
    }
}

static volatile struct MvNotification kept_ring[RECORDS] __attribute__((aligned(8)));
static volatile uint32_t kept_next;
static MvNotificationHandle kept_centre;

static void start_kept(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM7_IRQn,
        .buffer = (struct MvNotification *)kept_ring,
        .buffer_size = sizeof kept_ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &kept_centre);
    report("start_kept", status);
    nvic_enable(TIM7_IRQn);
}

void TIM7_IRQHandler(void);

void TIM7_IRQHandler(void) {
    for (uint32_t i = 0; i < RECORDS; i++) {
        if (kept_ring[kept_next].event_type == MV_EVENTTYPE_NETWORKSTATUSCHANGED) {  // expect: notification-not-cleared
            seen = true;
        }
        kept_next = (kept_next + 1u) % RECORDS;
    }
}

void mistakes_in_handlers(void) {
    start_copied();
    start_half();
    start_stuck();
    open_stuck();
    start_first();
    start_tagged();
    open_tagged();
    start_deaf();
    open_deaf();
    start_kept();
    report("handlers", seen ? MV_STATUS_OKAY : MV_STATUS_UNAVAILABLE);
    seen = false;
}
