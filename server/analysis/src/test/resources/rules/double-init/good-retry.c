#include "mv_syscalls.h"
#include <stdint.h>

static uint8_t memory[2048] __attribute__((aligned(512)));
static uint8_t smaller[1024] __attribute__((aligned(512)));

// Tried again, because it has failed.
enum MvStatus start(void)
{
    enum MvStatus status = mvServerLoggingInit(memory, sizeof(memory));
    status = (status == MV_STATUS_OKAY) ? status : mvServerLoggingInit(smaller, sizeof(smaller));
    return status;
}
