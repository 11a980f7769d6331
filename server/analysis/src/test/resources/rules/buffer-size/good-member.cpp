#include "mv_syscalls.h"

// The buffers of the class have other sizes for another type of channel: settings take any number of bytes.
class Settings {
public:
    bool open(MvNetworkHandle network, MvNotificationHandle centre) {
        MvOpenChannelParams params{};
        params.version = 1;
        params.v1.notification_handle = centre;
        params.v1.network_handle = network;
        params.v1.receive_buffer = receive_;
        params.v1.receive_buffer_len = sizeof(receive_);
        params.v1.send_buffer = send_;
        params.v1.send_buffer_len = sizeof(send_);
        params.v1.channel_type = MV_CHANNELTYPE_CONFIGFETCH;
        return mvOpenChannel(&params, &handle_) == MV_STATUS_OKAY;
    }

private:
    static constexpr uint32_t RECEIVE = 2000;
    static constexpr uint32_t SEND = 2 * 512;
    MvChannelHandle handle_ = 0;
    alignas(512) uint8_t send_[SEND];
    uint8_t receive_[RECEIVE];
};

static Settings settings;

bool once(MvNetworkHandle network, MvNotificationHandle centre) {
    return settings.open(network, centre);
}
