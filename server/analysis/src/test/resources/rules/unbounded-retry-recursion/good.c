#include "mv_syscalls.h"

static MvChannelHandle channel;

enum MvStatus send(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request, int tries) {
    if (channel == 0) {
        enum MvStatus status = mvOpenChannel(params, &channel);
        if (status != MV_STATUS_OKAY) {
            return tries == 0 ? status : send(params, request, tries - 1);
        }
    }
    return mvSendHttpRequest(channel, request);
}

int depth(const int *tree, int at) {
    return tree[at] ? 1 + depth(tree, tree[at]) : 0;
}
