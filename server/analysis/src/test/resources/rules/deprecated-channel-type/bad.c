#include "mv_syscalls.h"

static uint8_t receive[512] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));

enum MvStatus open(MvChannelHandle *out) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.receive_buffer = receive,
               .receive_buffer_len = sizeof(receive),
               .send_buffer = send,
               .send_buffer_len = sizeof(send),
               .channel_type = MV_CHANNELTYPE_OPAQUEBYTES}}; // expect: deprecated-channel-type
    return mvOpenChannel(&params, out);
}
