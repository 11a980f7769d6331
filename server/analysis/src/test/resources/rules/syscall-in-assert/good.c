#include <assert.h>
#include "mv_syscalls.h"

uint32_t clock_rate(void) {
    uint32_t hz = 0;
    enum MvStatus status = mvGetHClk(&hz);
    // mvGetHClk in a comment
    assert(status == MV_STATUS_OKAY && "clock");
    return hz;
}
