#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
static constexpr std::size_t kSize = 1000;
alignas(512) static uint8_t tx[kSize];  // expect: buffer-size
alignas(512) static uint8_t rx[1536];
static MvChannelHandle channel;
bool open(MvNetworkHandle network, MvNotificationHandle centre) {
    MvOpenChannelParams p{};
    p.version = 1;
    p.v1.notification_handle = centre; p.v1.notification_tag = 1; p.v1.network_handle = network;
    p.v1.receive_buffer = rx; p.v1.receive_buffer_len = sizeof(rx);
    p.v1.send_buffer = tx; p.v1.send_buffer_len = kSize;
    p.v1.channel_type = MV_CHANNELTYPE_HTTP;
    if (mvOpenChannel(&p, &channel) != MV_STATUS_OKAY) { return false; }
    return true;
}
void shut() { (void)mvCloseChannel(&channel); }
