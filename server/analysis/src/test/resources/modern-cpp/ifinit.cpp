#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
alignas(512) static uint8_t tx[512];
alignas(512) static uint8_t rx[1536];
static MvChannelHandle channel;
bool open(MvNetworkHandle network, MvNotificationHandle centre) {
    MvOpenChannelParams p = {.version = 1, .v1 = {.notification_handle = centre, .notification_tag = 1, .network_handle = network, .receive_buffer = rx, .receive_buffer_len = sizeof rx, .send_buffer = tx, .send_buffer_len = sizeof tx, .channel_type = MV_CHANNELTYPE_HTTP}};
    if (auto s = mvOpenChannel(&p, &channel); s != MV_STATUS_OKAY) { return false; }
    tx[0] = 1;  // expect: send-buffer-write
    return true;
}
void shut() { (void)mvCloseChannel(&channel); }
