#include "mv_syscalls.h"

void forever(const struct MvOpenChannelParams *params, MvChannelHandle *channel) {
    while (mvOpenChannel(params, channel) != MV_STATUS_OKAY) { // expect: unbounded-retry
    }
}

void with_variable(const struct MvRequestNetworkParams *params, MvNetworkHandle *network) {
    enum MvStatus status;
    do {
        status = mvRequestNetwork(params, network); // expect: unbounded-retry
    } while (status != MV_STATUS_OKAY);
}
