#include "mv_syscalls.h"

static uint8_t receive[1024] __attribute__((aligned(512)));
static uint8_t send[512]; // expect: buffer-alignment
static uint8_t log_space[1024] __attribute__((aligned(64))) = {0}; // expect: buffer-alignment

struct buffers {
    uint32_t used;
    uint8_t bytes[512]; // expect: buffer-alignment
};
static struct buffers shared __attribute__((aligned(512)));

enum MvStatus open_http(MvNotificationHandle centre, MvNetworkHandle network, MvChannelHandle *out) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre,
               .network_handle = network,
               .receive_buffer = receive,
               .receive_buffer_len = sizeof(receive),
               .send_buffer = send,
               .send_buffer_len = sizeof(send),
               .channel_type = MV_CHANNELTYPE_HTTP,
               .endpoint = {(const uint8_t *)"", 0}}};
    return mvOpenChannel(&params, out);
}

enum MvStatus start_log(void) {
    return mvServerLoggingInit(log_space, sizeof(log_space));
}

enum MvStatus start_log_in_struct(void) {
    return mvServerLoggingInit(shared.bytes, sizeof(shared.bytes));
}
