#include <assert.h>
#include "mv_syscalls.h"

uint32_t clock_rate(void) {
    uint32_t hz = 0;
    assert(mvGetHClk(&hz) == MV_STATUS_OKAY); // expect: syscall-in-assert
    return hz;
}

void maybe(int wanted) {
    uint32_t hz = 0;
    if (wanted)
        assert(mvGetPClk1(&hz) == MV_STATUS_OKAY && hz > 0); // expect: syscall-in-assert
}
