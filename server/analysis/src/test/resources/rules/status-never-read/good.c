#include "mv_syscalls.h"

void keep(enum MvStatus *status);
enum MvStatus last;

enum MvStatus one_for_two(MvChannelHandle *channel, MvNetworkHandle *network) {
    enum MvStatus status = mvCloseChannel(channel);
    if (status) return status;
    status = mvReleaseNetwork(network);
    return status;
}

int retried(MvChannelHandle *channel) {
    enum MvStatus status = MV_STATUS_OKAY;
    for (int i = 0; i < 3; i++) {
        if (i > 0 && status == MV_STATUS_OKAY) break;
        status = mvCloseChannel(channel);
    }
    return 0;
}

void elsewhere(MvChannelHandle *channel) {
    enum MvStatus status = mvCloseChannel(channel);
    keep(&status);
    last = mvCloseChannel(channel);
}

void on_purpose(MvChannelHandle *channel) {
    enum MvStatus status = mvCloseChannel(channel);
    (void)status;
}

#define UNUSED __attribute__((unused))
void said_so(MvChannelHandle *channel, MvNetworkHandle *network) {
    enum MvStatus ignored __attribute__((unused)) = mvCloseChannel(channel);
    UNUSED enum MvStatus other = mvReleaseNetwork(network);
}
