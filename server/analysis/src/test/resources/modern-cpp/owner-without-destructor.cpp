#include "mv_syscalls.h"

// Two owners alike, but one of them closes nothing when it goes.
namespace {
alignas(512) uint8_t rx[1024];
alignas(512) uint8_t tx[512];

MvOpenChannelParams params(MvNotificationHandle centre, MvNetworkHandle network) {
    MvOpenChannelParams p{};
    p.version = 1;
    p.v1.notification_handle = centre;
    p.v1.network_handle = network;
    p.v1.receive_buffer = rx;
    p.v1.receive_buffer_len = sizeof(rx);
    p.v1.send_buffer = tx;
    p.v1.send_buffer_len = sizeof(tx);
    p.v1.channel_type = MV_CHANNELTYPE_HTTP;
    return p;
}

class Channel {
  public:
    Channel() = default;
    ~Channel() {
        if (handle_ != 0) {
            (void)mvCloseChannel(&handle_);
        }
    }
    bool open(const MvOpenChannelParams &p) {
        return mvOpenChannel(&p, &handle_) == MV_STATUS_OKAY;
    }
    MvChannelHandle get() const { return handle_; }

  private:
    MvChannelHandle handle_{0};
};

class Careless {
  public:
    Careless() = default;
    ~Careless() { uses_ = 0; }
    bool open(const MvOpenChannelParams &p) {
        ++uses_;
        return mvOpenChannel(&p, &handle_) == MV_STATUS_OKAY;
    }
    MvChannelHandle get() const { return handle_; }

  private:
    int uses_{0};
    MvChannelHandle handle_{0};
};
} // namespace

bool good(MvNotificationHandle centre, MvNetworkHandle network, const MvHttpRequest &request) {
    Channel channel;
    if (!channel.open(params(centre, network))) {
        return false;
    }
    return mvSendHttpRequest(channel.get(), &request) == MV_STATUS_OKAY;
}

bool bad(MvNotificationHandle centre, MvNetworkHandle network, const MvHttpRequest &request) {
    Careless channel;
    if (!channel.open(params(centre, network))) { // expect: channel-leak
        return false;
    }
    return mvSendHttpRequest(channel.get(), &request) == MV_STATUS_OKAY;
}
