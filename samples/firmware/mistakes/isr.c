/* What an interrupt handler must not do, and how an interrupt must not be used. Linked, and not run. */
#include <stdbool.h>

#include "interrupts.h"
#include "mistakes.h"

#define RECORDS 8u

static bool plain;  // expect: isr-flag-not-volatile
static volatile bool sticky;
static volatile uint32_t rounds;

void EXTI0_IRQHandler(void);

void EXTI0_IRQHandler(void) {
    (void)mvSystemLedEnable(1);  // expect: syscall-in-isr
    plain = true;
    sticky = true;
}

static void wait_for_flags(void) {
    while (!plain) {
        wait_for_interrupt();
    }
    plain = false;
    for (;;) {
        if (sticky) {  // expect: isr-flag-sticky
            rounds++;
        }
    }
}

static volatile struct MvNotification fast_ring[RECORDS] __attribute__((aligned(8)));
static volatile uint32_t fast_next;
static MvNotificationHandle fast_centre;

static void start_fast(void) {
    const struct MvNotificationSetup setup = {
        .irq = TIM17_IRQn,
        .buffer = (struct MvNotification *)fast_ring,
        .buffer_size = sizeof fast_ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &fast_centre);
    report("start_fast", status);
    report("fast", mvSetFastInterrupt(TIM17_IRQn));  // expect: irq-fast
    report("fast", mvEnableFastInterrupt(TIM17_IRQn));
}

void TIM17_IRQHandler(void);

void TIM17_IRQHandler(void) {
    while (fast_ring[fast_next].event_type != MV_EVENTTYPE_NOEVENT) {
        fast_ring[fast_next].event_type = MV_EVENTTYPE_NOEVENT;
        fast_next = (fast_next + 1u) % RECORDS;
    }
}

static volatile struct MvNotification urgent_ring[RECORDS] __attribute__((aligned(8)));
static volatile uint32_t urgent_next;
static MvNotificationHandle urgent_centre;

/** In place of an RTOS, which is not linked: it wakes nobody. */
static int32_t xQueueGiveFromISR(void *queue, int32_t *woken) {
    (void)queue;
    *woken = 0;
    return 1;
}

static void start_urgent(void) {
    const struct MvNotificationSetup setup = {
        .irq = LPTIM1_IRQn,
        .buffer = (struct MvNotification *)urgent_ring,
        .buffer_size = sizeof urgent_ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &urgent_centre);
    report("start_urgent", status);
    nvic_enable(LPTIM1_IRQn);
}

void LPTIM1_IRQHandler(void);

void LPTIM1_IRQHandler(void) {
    while (urgent_ring[urgent_next].event_type != MV_EVENTTYPE_NOEVENT) {
        int32_t woken = 0;
        (void)xQueueGiveFromISR(0, &woken);  // expect: isr-priority
        urgent_ring[urgent_next].event_type = MV_EVENTTYPE_NOEVENT;
        urgent_next = (urgent_next + 1u) % RECORDS;
    }
}

void mistakes_with_interrupts(void) {
    start_fast();
    start_urgent();
    wait_for_flags();
}
