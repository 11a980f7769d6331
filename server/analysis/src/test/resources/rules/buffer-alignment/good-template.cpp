#include "mv_syscalls.h"

template <unsigned N, unsigned A> struct Block {
    alignas(A) uint8_t bytes[N];
};

class Uplink {
public:
    bool open(MvNetworkHandle network, MvNotificationHandle centre) {
        MvOpenChannelParams params{};
        params.version = 1;
        params.v1.notification_handle = centre;
        params.v1.network_handle = network;
        params.v1.receive_buffer = receive_.bytes;
        params.v1.receive_buffer_len = sizeof receive_.bytes;
        params.v1.send_buffer = send_.bytes;
        params.v1.send_buffer_len = sizeof send_.bytes;
        params.v1.channel_type = MV_CHANNELTYPE_HTTP;
        return mvOpenChannel(&params, &handle_) == MV_STATUS_OKAY;
    }

    void close() {
        if (handle_ != 0) {
            (void)mvCloseChannel(&handle_);
        }
    }

private:
    MvChannelHandle handle_ = 0;
    Block<1024, 512> receive_;
    Block<512, 512> send_;
};

static Uplink uplink;

bool once(MvNetworkHandle network, MvNotificationHandle centre) {
    bool opened = uplink.open(network, centre);
    uplink.close();
    return opened;
}
