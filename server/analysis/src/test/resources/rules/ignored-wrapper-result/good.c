#include <stdbool.h>
#include "mv_syscalls.h"

static MvNetworkHandle network;
static int tries;

static bool request_network(const struct MvRequestNetworkParams *params) {
    return mvRequestNetwork(params, &network) == MV_STATUS_OKAY;
}

static int count(void) {
    (void)mvNoOp();
    return ++tries;
}

static void report(const struct MvRequestNetworkParams *params) {
    if (mvRequestNetwork(params, &network) != MV_STATUS_OKAY) {
        tries++;
    }
}

void start(const struct MvRequestNetworkParams *params) {
    (void)request_network(params);
    if (!request_network(params)) {
        count();
    }
    bool okay = request_network(params);
    tries += okay;
    report(params);
}
