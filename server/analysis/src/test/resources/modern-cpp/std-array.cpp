#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
alignas(512) static std::array<uint8_t, 1024> rx;
alignas(512) static std::array<uint8_t, 700> tx;  // expect: buffer-size
static MvChannelHandle channel;
bool open(MvNetworkHandle network, MvNotificationHandle centre) {
    MvOpenChannelParams p{};
    p.version = 1;
    p.v1.notification_handle = centre; p.v1.notification_tag = 1; p.v1.network_handle = network;
    p.v1.receive_buffer = rx.data(); p.v1.receive_buffer_len = rx.size();
    p.v1.send_buffer = tx.data(); p.v1.send_buffer_len = tx.size();
    p.v1.channel_type = MV_CHANNELTYPE_HTTP;
    if (mvOpenChannel(&p, &channel) != MV_STATUS_OKAY) { return false; }
    return true;
}
void shut() { (void)mvCloseChannel(&channel); }
