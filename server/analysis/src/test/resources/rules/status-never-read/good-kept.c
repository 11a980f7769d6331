#include <stdbool.h>
#include "mv_syscalls.h"

static MvChannelHandle channel;
static MvNetworkHandle network;

struct stats {
    enum MvStatus last;
    enum MvStatus first;
};

static struct stats stats;
static enum MvStatus last_network;
/* For the debugger. */
volatile enum MvStatus last_status;
static enum MvStatus history[4];

static bool ask(const struct MvHttpRequest *request) {
    return mvSendHttpRequest(channel, request) == MV_STATUS_OKAY;
}

static bool is_good(const struct stats *s) {
    return s->last == MV_STATUS_OKAY;
}

int main(void) {
    const struct MvHttpRequest request = {.timeout_ms = 10000};
    const struct MvRequestNetworkParams params = {.version = 1};
    bool ok = mvSendHttpRequest(channel, &request) == MV_STATUS_OKAY;
    bool sent = ask(&request);
    stats.last = mvSendHttpRequest(channel, &request);
    stats.first = mvSendHttpRequest(channel, &request);
    struct stats copy = stats;
    last_network = mvRequestNetwork(&params, &network);
    last_status = mvCloseChannel(&channel);
    history[0] = mvReleaseNetwork(&network);
    if (last_network != MV_STATUS_OKAY || copy.first != MV_STATUS_OKAY) {
        return 1;
    }
    return ok && sent && is_good(&stats) && history[0] == MV_STATUS_OKAY ? 0 : 2;
}
