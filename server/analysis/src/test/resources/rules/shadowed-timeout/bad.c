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
