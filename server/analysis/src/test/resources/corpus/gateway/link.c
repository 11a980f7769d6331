#include "gateway.h"

static MvNetworkHandle network;

MvNetworkHandle link_handle(void) {
    return network;
}

bool link_up(void) {
    if (network == 0) {
        struct MvRequestNetworkParams params = {
            .version = 1,
            .v1 = {.notification_handle = notify_centre(), .notification_tag = TAG_NETWORK},
        };
        uint32_t rc = mvRequestNetwork(&params, &network);
        if (rc) {
            network = 0;
            return false;
        }
    }
    enum MvNetworkStatus now = MV_NETWORKSTATUS_DELIBERATELYOFFLINE;
    return !mvGetNetworkStatus(network, &now) && now == MV_NETWORKSTATUS_CONNECTED;
}

bool link_wait(uint32_t timeout_ms) {
    uint32_t start = osKernelGetTickCount();
    while (!link_up()) {
        if (osKernelGetTickCount() - start > timeout_ms) {
            return false;
        }
        (void)notify_wait(EVT_NETWORK, 1000);
    }
    return true;
}
