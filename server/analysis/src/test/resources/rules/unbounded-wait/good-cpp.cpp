#include "mv_syscalls.h"

void pause();
uint32_t now();

class Network {
public:
    bool connected() const {
        MvNetworkStatus status;
        return mvGetNetworkStatus(handle_, &status) == MV_STATUS_OKAY
               && status == MV_NETWORKSTATUS_CONNECTED;
    }
    bool gone() const { return gone_; }
    void tick() { gone_ = ++ticks_ > 100; }

private:
    MvNetworkHandle handle_ = nullptr;
    uint32_t ticks_ = 0;
    bool gone_ = false;
};

static Network network;

void start() {
    for (uint32_t begun = now(); !network.connected() && now() - begun < 60000;) {
        pause();
    }
    while (!network.connected()) {
        network.tick();
        if (network.gone()) {
            return;
        }
    }
}
