#include "mv_syscalls.h"

static uint8_t receive[2000] __attribute__((aligned(512))); // expect: buffer-size
static uint8_t send[512] __attribute__((aligned(512)));
static uint8_t log_space[1024] __attribute__((aligned(512)));
static uint8_t small[512] __attribute__((aligned(512)));
static uint32_t words[256] __attribute__((aligned(512)));

enum MvStatus open_http(MvChannelHandle *out) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.receive_buffer = receive,
               .receive_buffer_len = sizeof(receive),
               .send_buffer = send,
               .send_buffer_len = 500, // expect: buffer-size
               .channel_type = MV_CHANNELTYPE_HTTP}};
    return mvOpenChannel(&params, out);
}

enum MvStatus start_log(void) {
    if (mvServerLoggingInit(small, 1024) != MV_STATUS_OKAY) { // expect: buffer-size
        return mvServerLoggingInit(log_space, sizeof(log_space));
    }
    return mvServerLoggingInit((uint8_t *)words, 256); // expect: buffer-size
}
