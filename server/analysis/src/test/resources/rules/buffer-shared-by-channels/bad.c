#include <stdbool.h>
#include "mv_syscalls.h"

static uint8_t http_receive[1024] __attribute__((aligned(512)));
static uint8_t config_receive[1024] __attribute__((aligned(512)));
static uint8_t send_buffer[512] __attribute__((aligned(512)));
static uint8_t only_buffer[1024] __attribute__((aligned(512)));
static MvChannelHandle http, config, single;

void note(int what);

void both(void) {
    struct MvOpenChannelParams first = {.version = 1};
    first.v1.receive_buffer = http_receive;
    first.v1.receive_buffer_len = sizeof http_receive;
    first.v1.send_buffer = send_buffer;
    first.v1.send_buffer_len = sizeof send_buffer;
    first.v1.channel_type = MV_CHANNELTYPE_HTTP;
    struct MvOpenChannelParams second = {.version = 1};
    second.v1.receive_buffer = config_receive;
    second.v1.receive_buffer_len = sizeof config_receive;
    second.v1.send_buffer = send_buffer; // expect: buffer-shared-by-channels
    second.v1.send_buffer_len = sizeof send_buffer;
    second.v1.channel_type = MV_CHANNELTYPE_CONFIGFETCH;
    if (mvOpenChannel(&first, &http) == MV_STATUS_OKAY && mvOpenChannel(&second, &config) == MV_STATUS_OKAY) {
        note(1);
    }
}

enum MvStatus twice_in_one(void) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .receive_buffer = only_buffer,
            .receive_buffer_len = sizeof only_buffer,
            .send_buffer = only_buffer, // expect: buffer-shared-by-channels
            .send_buffer_len = sizeof only_buffer,
            .channel_type = MV_CHANNELTYPE_HTTP,
        },
    };
    return mvOpenChannel(&params, &single);
}

void close_all(void) {
    note((int)mvCloseChannel(&http) + (int)mvCloseChannel(&config) + (int)mvCloseChannel(&single));
}
