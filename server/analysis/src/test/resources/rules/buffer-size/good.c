#include <stdbool.h>
#include "mv_syscalls.h"

#define SIZE (4 * 1024)
enum { RECEIVE = 1536 };

static uint8_t receive[RECEIVE] __attribute__((aligned(512)));
static uint8_t send[SIZE] __attribute__((aligned(512)));
static uint8_t odd[700];
static uint8_t table[8][512] __attribute__((aligned(512)));
static uint32_t words[256] __attribute__((aligned(512)));

enum MvStatus open(MvChannelHandle *out, enum MvChannelType type, uint32_t unknown) {
    struct MvOpenChannelParams params = {.version = 1};
    params.v1.channel_type = type;
    params.v1.receive_buffer = receive;
    params.v1.receive_buffer_len = sizeof receive;
    params.v1.send_buffer = send;
    params.v1.send_buffer_len = SIZE / 2;
    if (type == MV_CHANNELTYPE_CONFIGFETCH) {
        params.v1.receive_buffer = odd;
        params.v1.receive_buffer_len = sizeof(odd);
    }
    if (mvServerLoggingInit((uint8_t *)words, sizeof(words)) != MV_STATUS_OKAY) {
        return mvServerLoggingInit(send, unknown);
    }
    return mvOpenChannel(&params, out);
}

/* All rows of a table, by its first row and by its first byte. */
enum MvStatus rows(bool bytes) {
    return bytes ? mvServerLoggingInit(&table[0][0], sizeof table)
                 : mvServerLoggingInit(table[0], sizeof table);
}
