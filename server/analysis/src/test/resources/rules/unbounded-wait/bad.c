#include "mv_syscalls.h"

void pause(void);

void wait_forever(MvNetworkHandle network) {
    enum MvNetworkStatus state;
    while (1) { // expect: unbounded-wait
        if (mvGetNetworkStatus(network, &state) == MV_STATUS_OKAY && state == MV_NETWORKSTATUS_CONNECTED) {
            break;
        }
        for (int i = 0; i < 50000; ++i) {
            pause();
        }
    }
}

void wait_in_condition(MvNetworkHandle network) {
    enum MvNetworkStatus state = MV_NETWORKSTATUS_CONNECTING;
    do { // expect: unbounded-wait
        (void)mvGetNetworkStatus(network, &state);
    } while (state != MV_NETWORKSTATUS_CONNECTED);
}

static int is_connected(MvNetworkHandle network) {
    enum MvNetworkStatus now = MV_NETWORKSTATUS_CONNECTING;
    return mvGetNetworkStatus(network, &now) == MV_STATUS_OKAY && now == MV_NETWORKSTATUS_CONNECTED;
}

void wait_by_a_function(MvNetworkHandle network) {
    while (!is_connected(network)) {  // expect: unbounded-wait
    }
}

/* A failure ends this one, but so does the answer it waits for. */
void until_set(uint64_t *now) {
    while (1) { // expect: unbounded-wait
        enum MvStatus status = mvGetWallTime(now);
        if (status == MV_STATUS_OKAY) {
            break;
        }
        if (status == MV_STATUS_PARAMETERFAULT) {
            return;
        }
    }
}
