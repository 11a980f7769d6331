#include "mv_syscalls.h"

void pause();

class Network {
public:
    bool connected() const {
        MvNetworkStatus status;
        return mvGetNetworkStatus(handle_, &status) == MV_STATUS_OKAY
               && status == MV_NETWORKSTATUS_CONNECTED;
    }

private:
    MvNetworkHandle handle_ = nullptr;
};

static Network network;

void start() {
    while (!network.connected()) { // expect: unbounded-wait
        pause();
    }
}
