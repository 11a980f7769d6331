#include "network.h"

#include "clock.h"
#include "log.h"

static MvNetworkHandle network;

static bool is_connected(void) {
    enum MvNetworkStatus state = MV_NETWORKSTATUS_DELIBERATELYOFFLINE;
    enum MvStatus status = mvGetNetworkStatus(network, &state);
    if (status != MV_STATUS_OKAY) {
        log_line("network: no status (%d)", (int)status);
        return false;
    }
    return state == MV_NETWORKSTATUS_CONNECTED;
}

bool network_connect(const struct network_listener *listener, uint32_t timeout_ms) {
    const struct MvRequestNetworkParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = listener->centre,
            .notification_tag = listener->tag,
        },
    };
    enum MvStatus status = mvRequestNetwork(&params, &network);
    if (status != MV_STATUS_OKAY) {
        log_line("network: not granted (%d)", (int)status);
        return false;
    }
    /* A device that is online already gets no notification, so ask before waiting. */
    uint32_t start = clock_ms();
    while (!is_connected()) {
        uint32_t waited = clock_ms() - start;
        if (waited >= timeout_ms || !clock_wait_for(listener->changed, timeout_ms - waited)) {
            log_line("network: not connected after %u ms", (unsigned)timeout_ms);
            network_release();
            return false;
        }
        *listener->changed = false;
    }
    return true;
}

MvNetworkHandle network_handle(void) {
    return network;
}

void network_release(void) {
    enum MvStatus status = mvReleaseNetwork(&network);
    if (status != MV_STATUS_OKAY) {
        log_line("network: not released (%d)", (int)status);
    }
}
