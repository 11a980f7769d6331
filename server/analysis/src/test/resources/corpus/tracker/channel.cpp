#include "channel.hpp"

#include "log.hpp"

namespace tracker {
namespace {

Block<2560> receive;
Block<1024> send;

}  // namespace

Result<Channel> Channel::open(MvNotificationHandle centre, MvNetworkHandle network) {
    MvOpenChannelParams params{};
    params.version = 1;
    auto &v1 = params.v1;
    v1.notification_handle = centre;
    v1.notification_tag = static_cast<std::uint32_t>(Tag::http);
    v1.network_handle = network;
    v1.receive_buffer = receive.bytes;
    v1.receive_buffer_len = sizeof(receive.bytes);
    v1.send_buffer = send.bytes;
    v1.send_buffer_len = sizeof(send.bytes);
    v1.channel_type = MV_CHANNELTYPE_HTTP;
    v1.endpoint.data = reinterpret_cast<const std::uint8_t *>("");
    v1.endpoint.length = 0;
    MvChannelHandle handle = 0;
    const auto status = mvOpenChannel(&params, &handle);
    if (status != MV_STATUS_OKAY) {
        Log::format("open: %u", static_cast<unsigned>(status));
        return status;
    }
    return Channel(handle);
}

void Channel::close() {
    if (handle_ == 0) {
        return;
    }
    if (const auto status = mvCloseChannel(&handle_); status != MV_STATUS_OKAY) {
        Log::format("close: %u", static_cast<unsigned>(status));
        handle_ = 0;
    }
}

}  // namespace tracker
