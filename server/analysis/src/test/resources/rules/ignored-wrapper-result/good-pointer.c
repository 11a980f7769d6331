#include <stdbool.h>
#include "mv_syscalls.h"

extern MvChannelHandle channel;

struct link {
    enum MvStatus last;
};

static struct link link;

/* The same with pointers and with a member that is looked at later. */
static bool send(const struct MvHttpRequest *request, enum MvStatus *status) {
    *status = mvSendHttpRequest(channel, request);
    return *status == MV_STATUS_OKAY;
}

static bool link_send(struct link *to, const struct MvHttpRequest *request) {
    to->last = mvSendHttpRequest(channel, request);
    return to->last == MV_STATUS_OKAY;
}

int run(const struct MvHttpRequest *request) {
    enum MvStatus status;
    send(request, &status);
    if (status != MV_STATUS_OKAY) {
        return 1;
    }
    link_send(&link, request);
    return link.last == MV_STATUS_OKAY ? 0 : 2;
}
