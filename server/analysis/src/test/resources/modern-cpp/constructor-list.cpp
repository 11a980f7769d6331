#include "mv_syscalls.h"

// The buffers and their sizes go through a constructor into members, and from there to the call.
namespace {
alignas(512) uint8_t rx[1024];
alignas(512) uint8_t tx[2000]; // expect: buffer-size

class Client {
  public:
    Client(uint8_t *receive, uint32_t receive_size, uint8_t *send, uint32_t send_size)
        : receive_{receive}, send_{send}, receive_size_{receive_size}, send_size_{send_size} {}
    ~Client() {
        if (channel_ != 0) {
            (void)mvCloseChannel(&channel_);
        }
    }
    bool open(MvNotificationHandle centre, MvNetworkHandle network) {
        MvOpenChannelParams p{};
        p.version = 1;
        p.v1.notification_handle = centre;
        p.v1.network_handle = network;
        p.v1.receive_buffer = receive_;
        p.v1.receive_buffer_len = receive_size_;
        p.v1.send_buffer = send_;
        p.v1.send_buffer_len = send_size_;
        p.v1.channel_type = MV_CHANNELTYPE_HTTP;
        return mvOpenChannel(&p, &channel_) == MV_STATUS_OKAY;
    }

  private:
    uint8_t *receive_;
    uint8_t *send_;
    uint32_t receive_size_;
    uint32_t send_size_;
    MvChannelHandle channel_ = 0;
};
} // namespace

bool start(MvNotificationHandle centre, MvNetworkHandle network) {
    Client client(rx, sizeof(rx), tx, sizeof(tx));
    return client.open(centre, network);
}
