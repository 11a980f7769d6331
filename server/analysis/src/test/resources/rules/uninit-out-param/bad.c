#include <stdbool.h>
#include "mv_syscalls.h"

void use(uint32_t value);

void ignored(void) {
    uint32_t hz;
    mvGetPClk1(&hz); // expect: uninit-out-param
    use(hz * 2);
}

void goes_on(void) {
    uint32_t hz;
    enum MvStatus status = mvGetHClk(&hz); // expect: uninit-out-param
    if (status != MV_STATUS_OKAY) {
        use(0);
    }
    use(hz + 1);
}

bool wrong_side(MvNetworkHandle network) {
    enum MvNetworkStatus state;
    if (mvGetNetworkStatus(network, &state) != MV_STATUS_OKAY) { // expect: uninit-out-param
        return state == MV_NETWORKSTATUS_CONNECTED;
    }
    return true;
}
