/* Answers that are missed, or waited for in vain. Linked, and not run. */
#include <stdbool.h>

#include "clock.h"
#include "interrupts.h"
#include "mistakes.h"

#define RECORDS 8u
#define TIMEOUT_MS 10000u

static volatile struct MvNotification ring[RECORDS] __attribute__((aligned(8)));
static volatile uint32_t next_record;
static MvNotificationHandle centre;

static volatile bool answered;

static void start(void) {
    const struct MvNotificationSetup setup = {
        .irq = LPTIM2_IRQn,
        .buffer = (struct MvNotification *)ring,
        .buffer_size = sizeof ring,
    };
    enum MvStatus status = mvSetupNotifications(&setup, &centre);
    report("answers", status);
    nvic_enable(LPTIM2_IRQn);
}

void LPTIM2_IRQHandler(void);

void LPTIM2_IRQHandler(void) {
    while (ring[next_record].event_type != MV_EVENTTYPE_NOEVENT) {
        answered = true;
        ring[next_record].event_type = MV_EVENTTYPE_NOEVENT;
        next_record = (next_record + 1u) % RECORDS;
    }
}

static bool forget_an_early_answer(MvChannelHandle channel, const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        return false;
    }
    answered = false;  // expect: isr-flag-race
    uint32_t sent = clock_ms();
    while (!answered && clock_ms() - sent < TIMEOUT_MS) {
        wait_for_interrupt();
    }
    return answered;
}

static bool wait_for_nothing(MvChannelHandle channel, const struct MvHttpRequest *request) {
    answered = false;
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status != MV_STATUS_OKAY) {
        report("not sent", status);
    }
    uint32_t sent = clock_ms();
    while (!answered && clock_ms() - sent < TIMEOUT_MS) {  // expect: wait-after-failed-request
        wait_for_interrupt();
    }
    return answered;
}

void mistakes_with_answers(
        MvChannelHandle one, MvChannelHandle other, const struct MvHttpRequest *request) {
    start();
    bool early = forget_an_early_answer(one, request);
    bool late = wait_for_nothing(other, request);
    report("answers", early && late ? MV_STATUS_OKAY : MV_STATUS_UNAVAILABLE);
}
