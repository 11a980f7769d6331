#include <stdbool.h>
#include "mv_syscalls.h"

static MvChannelHandle channel;
static MvNetworkHandle network;

static struct {
    enum MvStatus last;
    unsigned requests;
} stats;

static enum MvStatus last_network;

static bool ask(const struct MvHttpRequest *request) {
    return mvSendHttpRequest(channel, request) == MV_STATUS_OKAY;
}

/* As a truth, through a wrapper, in a member, in a static variable. */
int main(void) {
    const struct MvHttpRequest request = {.timeout_ms = 10000};
    const struct MvRequestNetworkParams params = {.version = 1};
    bool ok = mvSendHttpRequest(channel, &request) == MV_STATUS_OKAY; // expect: status-never-read
    bool sent = ask(&request); // expect: status-never-read
    stats.requests++;
    stats.last = mvSendHttpRequest(channel, &request); // expect: status-never-read
    last_network = mvRequestNetwork(&params, &network); // expect: status-never-read
    return (int)stats.requests;
}
