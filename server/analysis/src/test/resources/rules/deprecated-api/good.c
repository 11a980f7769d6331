#include "mv_syscalls.h"

// A function of one's own may be called like that.
static enum MvStatus mvWrite(MvChannelHandle channel) {
    enum MvClosureReason reason;
    return mvGetChannelClosureReason(channel, &reason); // not mvReadChannel(channel)
}

enum MvStatus use(MvChannelHandle channel) {
    return mvWrite(channel);
}
