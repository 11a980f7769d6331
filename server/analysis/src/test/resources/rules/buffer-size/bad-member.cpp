#include "mv_syscalls.h"

class Link {
public:
    bool open(MvNetworkHandle network, MvNotificationHandle centre) {
        MvOpenChannelParams params{};
        params.version = 1;
        params.v1.notification_handle = centre;
        params.v1.network_handle = network;
        params.v1.receive_buffer = receive_;
        params.v1.receive_buffer_len = sizeof(receive_);
        params.v1.send_buffer = send_;
        params.v1.send_buffer_len = 500; // expect: buffer-size
        params.v1.channel_type = MV_CHANNELTYPE_HTTP;
        return mvOpenChannel(&params, &handle_) == MV_STATUS_OKAY;
    }

private:
    static constexpr uint32_t RECEIVE = 2000;
    MvChannelHandle handle_ = 0;
    alignas(512) uint8_t send_[512];
    alignas(512) uint8_t receive_[RECEIVE]; // expect: buffer-size
};

static Link link_;

bool once(MvNetworkHandle network, MvNotificationHandle centre) {
    return link_.open(network, centre);
}
