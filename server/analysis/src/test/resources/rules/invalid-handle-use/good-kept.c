#include <assert.h>
#include <stdbool.h>
#include "mv_syscalls.h"

static MvChannelHandle channel;
static MvNotificationHandle centre;
static MvNetworkHandle network;
static struct MvNotification ring[8];
extern void report(const char *what, int status);
extern void pause(int milliseconds);

/* Closes what there is, if there is anything. */
static void drop(void) {
    if (channel != 0) {
        (void)mvCloseChannel(&channel);
    }
}

static bool open_channel(const struct MvOpenChannelParams *params) {
    return mvOpenChannel(params, &channel) == MV_STATUS_OKAY;
}

bool post(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    if (!open_channel(params)) {
        drop();
        return false;
    }
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        drop();
        return false;
    }
    return true;
}

/* One error is as good as success: then the centre of before is still there. */
void set_up(void) {
    const struct MvNotificationSetup setup = {.irq = 50, .buffer = ring, .buffer_size = sizeof ring};
    enum MvStatus status = mvSetupNotifications(&setup, &centre);
    assert(status == MV_STATUS_OKAY || status == MV_STATUS_BUFFERALREADYINUSE);
    const struct MvRequestNetworkParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre, .notification_tag = 1}};
    status = mvRequestNetwork(&params, &network);
    if (status != MV_STATUS_OKAY) {
        report("no network", (int)status);
    }
}

void try_often(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    for (int i = 0; i < 5; i++) {
        if (mvOpenChannel(params, &channel) == MV_STATUS_OKAY) {
            break;
        }
        pause(1000);
    }
    if (channel == 0) {
        return;
    }
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status != MV_STATUS_OKAY) {
        report("not sent", (int)status);
        drop();
    }
}
