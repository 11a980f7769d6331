#include "mv_syscalls.h"

#define PING(handle, out) mvGetNetworkStatus(handle, out)

static uint32_t hz;

void ignores_results(MvChannelHandle channel, const struct MvHttpRequest *request) {
    mvSendHttpRequest(channel, request); // expect: unchecked-status
    mvGetHClk(&hz); // expect: unchecked-status
    if (hz > 0)
        mvCloseChannel(&channel); // expect: unchecked-status
}

void in_other_places(MvNetworkHandle network, enum MvNetworkStatus *out) {
    PING(network, out); // expect: unchecked-status
    for (int i = 0; i < 3; i++, mvNoOp()) { // expect: unchecked-status
    }
    hz ? mvGetPClk1(&hz) : mvGetPClk2(&hz); // expect: unchecked-status
}
