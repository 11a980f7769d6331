#include <stdalign.h>
#include "mv_syscalls.h"

#define BUFFER_ALIGN 512
#define ALIGNED(type, name, size) type name[size] __attribute__((aligned(BUFFER_ALIGN)))

typedef uint8_t block_t[512] __attribute__((aligned(512)));
struct holder {
    uint8_t bytes[512] __attribute__((aligned(512)));
};

static __attribute__((aligned(512))) uint8_t before[512];
static uint8_t __attribute__ ((aligned (4 * 128))) spaced[512] = {0};
static ALIGNED(uint8_t, by_macro, 512);
static _Alignas(512) uint8_t by_keyword[512];
static alignas(512) uint8_t by_name[512];
static block_t by_typedef;
static struct holder in_struct;
static uint8_t unaligned[700];
extern uint8_t elsewhere[1024];

static enum MvStatus open(uint8_t *receive, uint32_t size, uint8_t *send, enum MvChannelType type) {
    MvChannelHandle handle = 0;
    struct MvOpenChannelParams params = {.version = 1};
    params.v1.receive_buffer = receive;
    params.v1.receive_buffer_len = size;
    params.v1.send_buffer = send;
    params.v1.send_buffer_len = 512;
    params.v1.channel_type = type;
    return mvOpenChannel(&params, &handle);
}

enum MvStatus all(void) {
    enum MvStatus status = mvServerLoggingInit(elsewhere, 1024);
    status |= mvServerLoggingInit(before, sizeof(before));
    status |= mvServerLoggingInit(spaced, sizeof(spaced));
    status |= mvServerLoggingInit(by_macro, sizeof(by_macro));
    status |= mvServerLoggingInit(by_keyword, sizeof(by_keyword));
    status |= mvServerLoggingInit(by_name, sizeof(by_name));
    status |= mvServerLoggingInit(by_typedef, sizeof(by_typedef));
    status |= mvServerLoggingInit(in_struct.bytes, sizeof(in_struct.bytes));
    status |= mvServerLoggingInit((uint8_t *)&before[0], sizeof(before));
    status |= open(unaligned, sizeof(unaligned), before, MV_CHANNELTYPE_CONFIGFETCH);
    return status;
}
