#include "mv_syscalls.h"

enum MvStatus send_bytes(MvChannelHandle channel, const uint8_t *data, uint32_t length) {
    uint32_t available;
    return mvWriteChannel(channel, data, length, &available); // expect: deprecated-api
}
