#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
template <std::size_t N> struct Aligned { alignas(512) uint8_t data[N]; };  // expect: buffer-size
static Aligned<1000> tx;
static Aligned<1536> rx;
static MvChannelHandle channel;
bool open(MvNetworkHandle network, MvNotificationHandle centre) {
    MvOpenChannelParams p{};
    p.version = 1;
    p.v1.notification_handle = centre; p.v1.notification_tag = 1; p.v1.network_handle = network;
    p.v1.receive_buffer = rx.data; p.v1.receive_buffer_len = sizeof(rx.data);
    p.v1.send_buffer = tx.data; p.v1.send_buffer_len = sizeof(tx.data);
    p.v1.channel_type = MV_CHANNELTYPE_HTTP;
    if (mvOpenChannel(&p, &channel) != MV_STATUS_OKAY) { return false; }
    return true;
}
void shut() { (void)mvCloseChannel(&channel); }
