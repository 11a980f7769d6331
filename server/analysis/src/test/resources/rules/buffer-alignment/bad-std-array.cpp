#include <array>
#include <string>
#include "mv_syscalls.h"

class Uplink {
public:
    bool open(const std::string &host, MvNetworkHandle network, MvNotificationHandle centre) {
        MvOpenChannelParams params{};
        params.version = 1;
        params.v1.notification_handle = centre;
        params.v1.network_handle = network;
        params.v1.receive_buffer = receive_.data();
        params.v1.receive_buffer_len = receive_.size();
        params.v1.send_buffer = send_.data();
        params.v1.send_buffer_len = send_.size();
        params.v1.endpoint.data = reinterpret_cast<const uint8_t *>(host.data());
        params.v1.endpoint.length = host.size();
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
    std::array<uint8_t, 1024> receive_; // expect: buffer-alignment
    std::array<uint8_t, 512> send_; // expect: buffer-alignment
};

static Uplink uplink;

bool once(MvNetworkHandle network, MvNotificationHandle centre) {
    bool opened = uplink.open("example.com", network, centre);
    uplink.close();
    return opened;
}
