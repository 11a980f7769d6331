#include "mv_syscalls.h"

#define RECORDS 8
static struct MvNotification ring[RECORDS];
static volatile struct MvNotification other[4] __attribute__((aligned(8)));

enum MvStatus setup(MvNotificationHandle *out, MvNotificationHandle *out_other, uint32_t size) {
    static struct MvNotificationSetup first = {
        .irq = 45, .buffer = ring, .buffer_size = RECORDS * sizeof(struct MvNotification)};
    struct MvNotificationSetup second = {0};
    second.irq = 51;
    second.buffer = (struct MvNotification *)other;
    second.buffer_size = size;
    enum MvStatus status = mvSetupNotifications(&first, out);
    return status == MV_STATUS_OKAY ? mvSetupNotifications(&second, out_other) : status;
}
