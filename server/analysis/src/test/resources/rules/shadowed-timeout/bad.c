#include "mv_syscalls.h"

enum MvStatus connect(MvNetworkHandle network) {
    enum MvNetworkStatus state = MV_NETWORKSTATUS_CONNECTING;
    uint32_t waited = 0;
    while (waited < 1000) {
        uint32_t waited = 0; // expect: shadowed-timeout
        if (mvGetNetworkStatus(network, &state) != MV_STATUS_OKAY) {
            return MV_STATUS_NETWORKNOTCONNECTED;
        }
        waited += 10;
    }
    return MV_STATUS_OKAY;
}

extern uint32_t clock_ms(void);

int wait_anew(volatile uint32_t *flag, uint32_t timeout_ms) {
    uint32_t start = clock_ms();
    while (*flag == 0) {
        uint32_t start = clock_ms();  // expect: shadowed-timeout
        if (clock_ms() - start > timeout_ms) {
            return 0;
        }
    }
    return start != 0;
}

int count_anew(volatile uint32_t *flag, void (*pause)(void)) {
    int left = 1000;
    while (*flag == 0) {
        int left = 1000;  // expect: shadowed-timeout
        if (left-- == 0) {
            return 0;
        }
        pause();
    }
    return left;
}
