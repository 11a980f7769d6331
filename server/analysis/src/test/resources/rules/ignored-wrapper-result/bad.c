#include <stdbool.h>
#include "mv_syscalls.h"

static MvNetworkHandle network;

static bool request_network(const struct MvRequestNetworkParams *params) {
    enum MvStatus status = mvRequestNetwork(params, &network);
    if (status == MV_STATUS_OKAY) {
        return true;
    }
    return false;
}

static enum MvStatus connect(const struct MvRequestNetworkParams *params) {
    enum MvStatus status = mvRequestNetwork(params, &network);
    return status;
}

static bool is_connected(const struct MvRequestNetworkParams *params) {
    return connect(params) == MV_STATUS_OKAY;
}

void start(const struct MvRequestNetworkParams *params) {
    request_network(params); // expect: ignored-wrapper-result
    connect(params); // expect: ignored-wrapper-result
    is_connected(params); // expect: ignored-wrapper-result
}
