#include "mv_syscalls.h"

namespace {
MvChannelHandle channel;
MvNetworkHandle network;

bool send(const MvHttpRequest &request, MvStatus &status) {
    status = mvSendHttpRequest(channel, &request);
    return status == MV_STATUS_OKAY;
}

class Network {
public:
    bool request(const MvRequestNetworkParams &params) {
        last_ = mvRequestNetwork(&params, &network);
        return last_ == MV_STATUS_OKAY;
    }

private:
    MvStatus last_ = MV_STATUS_OKAY;
};
}

void run(const MvHttpRequest &request, const MvRequestNetworkParams &params) {
    MvStatus status = MV_STATUS_OKAY;
    send(request, status); // expect: ignored-wrapper-result
    Network link;
    link.request(params); // expect: ignored-wrapper-result
}
