#include "mv_syscalls.h"

enum MvStatus connect(MvNetworkHandle network, uint32_t times) {
    enum MvNetworkStatus state = MV_NETWORKSTATUS_CONNECTING;
    uint32_t waited = 0;
    while (waited < 1000) {
        // Hides nothing that the outer loop needs: both are counted.
        for (uint32_t times = 0; times < 3; times++) {
            if (mvGetNetworkStatus(network, &state) != MV_STATUS_OKAY) {
                return MV_STATUS_NETWORKNOTCONNECTED;
            }
        }
        waited += times;
    }
    return MV_STATUS_OKAY;
}

extern uint32_t clock_ms(void);

int wait_from_the_start(volatile uint32_t *flag, uint32_t timeout_ms) {
    uint32_t now = clock_ms();
    uint32_t start = now;
    while (*flag == 0) {
        uint32_t now = clock_ms();
        if (now - start > timeout_ms) {
            return 0;
        }
    }
    return 1;
}

/* The inner variable counts the rounds of a loop of its own, or ends nothing. */
int count_inside(volatile uint32_t *flag, void (*pause)(void)) {
    int i = 0;
    while (*flag == 0) {
        for (int i = 0; i < 10; i++) {
            pause();
        }
        int tries = 3;
        while (tries-- > 0) {
            pause();
        }
        i++;
        if (i > 100) {
            return 0;
        }
    }
    return i;
}
