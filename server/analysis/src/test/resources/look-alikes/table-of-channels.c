// silent: bad-pointer, value-out-of-range, buffer-size, buffer-alignment, deprecated-channel-type, channel-type-mismatch
// All channels in one table: which row is meant is not known, but no row is empty.
#include "mv_syscalls.h"
#include <stdint.h>

#define CHANNELS(ROW) ROW(http, MV_CHANNELTYPE_HTTP, 4, 1) ROW(conf, MV_CHANNELTYPE_CONFIGFETCH, 2, 1)

#define BUFFERS(name, type, in, out) \
    static uint8_t name##_in[(in) * 512] __attribute__((aligned(512))); \
    static uint8_t name##_out[(out) * 512] __attribute__((aligned(512)));
CHANNELS(BUFFERS)

static const struct {
    enum MvChannelType type;
    uint8_t *in, *out;
    uint32_t in_size, out_size;
} channels[] = {
#define ROW(name, type, in, out) {type, name##_in, name##_out, sizeof name##_in, sizeof name##_out},
    CHANNELS(ROW)
#undef ROW
};

static MvChannelHandle handles[2];

enum MvStatus open_row(unsigned row, MvNotificationHandle centre, MvNetworkHandle network)
{
    struct MvOpenChannelParams params = {0};
    params.version = 1;
    params.v1.notification_handle = centre;
    params.v1.notification_tag = row;
    params.v1.network_handle = network;
    params.v1.receive_buffer = channels[row].in;
    params.v1.receive_buffer_len = channels[row].in_size;
    params.v1.send_buffer = channels[row].out;
    params.v1.send_buffer_len = channels[row].out_size;
    params.v1.channel_type = channels[row].type;
    params.v1.endpoint.data = (const uint8_t *)"";
    return mvOpenChannel(&params, &handles[row]);
}
