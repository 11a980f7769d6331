#include "mv_syscalls.h"

// An object of static storage: its constructor's values stay, since no method changes them.
namespace {
struct Plain {
    uint8_t text[3];
    uint8_t data[1024]; // expect: buffer-alignment
};
Plain plain;
alignas(512) uint8_t tx[512];

class Cloud {
  public:
    Cloud(uint8_t *receive, uint32_t size) : receive_(receive), size_(size) {}
    bool open(MvNotificationHandle centre, MvNetworkHandle network) {
        MvOpenChannelParams p{};
        p.version = 1;
        p.v1.notification_handle = centre;
        p.v1.network_handle = network;
        p.v1.receive_buffer = receive_;
        p.v1.receive_buffer_len = size_;
        p.v1.send_buffer = tx;
        p.v1.send_buffer_len = sizeof(tx);
        p.v1.channel_type = type_;
        return mvOpenChannel(&p, &channel_) == MV_STATUS_OKAY;
    }
    void close() {
        if (channel_ != 0) {
            (void)mvCloseChannel(&channel_);
        }
    }

  private:
    uint8_t *receive_;
    uint32_t size_;
    MvChannelType type_{MV_CHANNELTYPE_HTTP};
    MvChannelHandle channel_{0};
};

Cloud cloud{plain.data, sizeof(plain.data) - 24};
} // namespace

bool start(MvNotificationHandle centre, MvNetworkHandle network) {
    return cloud.open(centre, network);
}

void stop() { cloud.close(); }
