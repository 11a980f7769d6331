#include <assert.h>
#include <stdbool.h>
#include "mv_syscalls.h"

void server_error(const char *format, ...);

static void do_assert(bool condition, const char *message) {
    if (!condition) {
        server_error("%s", message);
        assert(false);
    }
}

void close_it(MvChannelHandle *channel) {
    enum MvStatus status = mvCloseChannel(channel);
    do_assert((status == MV_STATUS_OKAY || status == MV_STATUS_CHANNELCLOSED), "close");
    do_assert(*channel == 0, "handle");
}

/* None of these failures passes. */
void set_up(const struct MvNotificationSetup *setup, MvNotificationHandle *centre) {
    enum MvStatus status = mvSetupNotifications(setup, centre);
    do_assert(status == MV_STATUS_OKAY, "centre");
}

void request(const struct MvRequestNetworkParams *params, MvNetworkHandle *network) {
    enum MvStatus status = mvRequestNetwork(params, network);
    do_assert(status == MV_STATUS_OKAY, "network");
}

bool send(MvChannelHandle channel, const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status == MV_STATUS_CHANNELCLOSED) {
        return false;
    }
    do_assert(status == MV_STATUS_OKAY, "request");
    return true;
}
