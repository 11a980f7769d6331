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

extern volatile uint32_t ticks_since_start;

static int is_connected_or_late(MvNetworkHandle network) {
    enum MvNetworkStatus now = MV_NETWORKSTATUS_CONNECTING;
    if (ticks_since_start > 60000) {
        return 1;
    }
    return mvGetNetworkStatus(network, &now) == MV_STATUS_OKAY && now == MV_NETWORKSTATUS_CONNECTED;
}

static int is_up(MvNetworkHandle network) {
    enum MvNetworkStatus now = MV_NETWORKSTATUS_CONNECTING;
    return mvGetNetworkStatus(network, &now) == MV_STATUS_OKAY && now == MV_NETWORKSTATUS_CONNECTED;
}

void wait_by_functions(MvNetworkHandle network) {
    while (!is_connected_or_late(network)) {
    }
    for (int tries = 0; tries < 100 && !is_up(network); tries++) {
    }
}

/* The main loop of a task: it ends when the clock fails, and waits for nothing. */
void measure(void (*take)(uint32_t now)) {
    uint64_t usec = 0;
    while (1) {
        enum MvStatus status = mvGetMicroseconds(&usec);
        if (status != MV_STATUS_OKAY) {
            return;
        }
        take((uint32_t)(usec / 1000));
    }
}
