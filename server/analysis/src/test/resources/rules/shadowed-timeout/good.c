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
