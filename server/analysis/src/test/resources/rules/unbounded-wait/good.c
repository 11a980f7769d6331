#include <stdbool.h>
#include "mv_syscalls.h"

uint32_t clock_ms(void);
void pause(void);

bool counted(MvNetworkHandle network) {
    enum MvNetworkStatus state;
    for (int tries = 0; tries < 100; tries++) {
        if (mvGetNetworkStatus(network, &state) == MV_STATUS_OKAY && state == MV_NETWORKSTATUS_CONNECTED) {
            return true;
        }
    }
    return false;
}

bool timed(MvNetworkHandle network) {
    enum MvNetworkStatus state;
    uint32_t start = clock_ms();
    while (1) {
        if (mvGetNetworkStatus(network, &state) == MV_STATUS_OKAY && state == MV_NETWORKSTATUS_CONNECTED) {
            return true;
        }
        if (clock_ms() - start > 30000) {
            return false;
        }
    }
}

void task(MvNetworkHandle network) {
    enum MvNetworkStatus state;
    while (1) {
        if (mvGetNetworkStatus(network, &state) == MV_STATUS_OKAY && state == MV_NETWORKSTATUS_CONNECTED) {
            pause();
        }
    }
}
