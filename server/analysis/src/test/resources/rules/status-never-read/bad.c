#include "mv_syscalls.h"

void only_kept(void) {
    uint64_t now = 0;
    enum MvStatus status = mvGetMicroseconds(&now); // expect: status-never-read
}

enum MvStatus overwritten(MvChannelHandle *channel, MvNetworkHandle *network) {
    uint32_t status;
    status = mvCloseChannel(channel); // expect: status-never-read
    status = mvReleaseNetwork(network);
    return (enum MvStatus)status;
}
