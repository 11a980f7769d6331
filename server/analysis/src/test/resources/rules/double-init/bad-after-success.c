#include "mv_syscalls.h"
#include <stdint.h>

static uint8_t memory[2048] __attribute__((aligned(512)));
static uint8_t id[35];

// One exit, one status: the last call is made whatever the first has said.
enum MvStatus start(void)
{
    enum MvStatus status = mvServerLoggingInit(memory, sizeof(memory));
    status = (status == MV_STATUS_OKAY) ? mvGetDeviceId(id, 34) : status;
    if (status != MV_STATUS_OKAY) {
        id[0] = '?';
    }
    status = mvServerLoggingInit(memory, sizeof(memory)); // expect: double-init
    return status;
}
