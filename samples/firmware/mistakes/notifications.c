/* Notification rings of the wrong size. */
#include "interrupts.h"
#include "mistakes.h"

#define RECORDS 4

static void close_if_open(enum MvStatus status, MvNotificationHandle centre) {
    if (status == MV_STATUS_OKAY) {
        report("closing the centre", mvCloseNotifications(&centre));
    }
}

static void count_records_instead_of_bytes(void) {
    static struct MvNotification ring[RECORDS] __attribute__((aligned(8)));
    const struct MvNotificationSetup setup = {
        .irq = TIM2_IRQn,  // expect: irq-not-enabled, irq-reused, isr-irq-mismatch
        .buffer = ring,
        .buffer_size = RECORDS,  // expect: notification-buffer-size
    };
    MvNotificationHandle centre = 0;
    enum MvStatus status = mvSetupNotifications(&setup, &centre);
    report("notification-buffer-size, records for bytes", status);
    close_if_open(status, centre);
}

static void have_one_record_only(void) {
    static struct MvNotification ring[1] __attribute__((aligned(8)));  // expect: notification-buffer-size
    const struct MvNotificationSetup setup = {
        .irq = TIM2_IRQn,  // expect: irq-not-enabled, isr-irq-mismatch
        .buffer = ring,
        .buffer_size = sizeof ring,
    };
    MvNotificationHandle centre = 0;
    enum MvStatus status = mvSetupNotifications(&setup, &centre);
    report("notification-buffer-size, one record", status);
    close_if_open(status, centre);
}

void mistakes_with_notifications(void) {
    count_records_instead_of_bytes();
    have_one_record_only();
}
