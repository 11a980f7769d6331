#include "mv_syscalls.h"

// An interface with one implementation in the program: its calls are that one's.
namespace {
alignas(512) uint8_t rx[1024];
alignas(512) uint8_t tx[512];

class Transport {
  public:
    virtual ~Transport() = default;
    virtual bool connect(MvNotificationHandle centre, MvNetworkHandle network) = 0;
    virtual bool send(const MvHttpRequest &request) = 0;
    virtual void disconnect() = 0;
};

class Channel final : public Transport {
  public:
    bool connect(MvNotificationHandle centre, MvNetworkHandle network) override {
        MvOpenChannelParams p{};
        p.version = 1;
        p.v1.notification_handle = centre;
        p.v1.network_handle = network;
        p.v1.receive_buffer = rx;
        p.v1.receive_buffer_len = sizeof(rx);
        p.v1.send_buffer = tx;
        p.v1.send_buffer_len = sizeof(tx);
        p.v1.channel_type = MV_CHANNELTYPE_HTTP;
        return mvOpenChannel(&p, &handle_) == MV_STATUS_OKAY;
    }
    bool send(const MvHttpRequest &request) override {
        return mvSendHttpRequest(handle_, &request) == MV_STATUS_OKAY;
    }
    void disconnect() override { (void)mvCloseChannel(&handle_); }

  private:
    MvChannelHandle handle_ = 0;
};

bool report(Transport &transport, const MvHttpRequest &request, MvNotificationHandle centre,
            MvNetworkHandle network) {
    if (!transport.connect(centre, network)) {
        return false;
    }
    if (!transport.send(request)) {
        transport.disconnect();
        return false;
    }
    transport.disconnect();
    return transport.send(request); // expect: handle-use-after-close
}
} // namespace

bool once(const MvHttpRequest &request, MvNotificationHandle centre, MvNetworkHandle network) {
    Channel channel;
    return report(channel, request, centre, network);
}
