#include <stdint.h>
#include "mv_syscalls.h"

__attribute__((noreturn)) void Error_Handler(void);
_Noreturn void fail(const char *why);

uint32_t checked(void) {
    uint32_t hz;
    if (mvGetHClk(&hz) != MV_STATUS_OKAY) {
        Error_Handler();
    }
    return hz;
}

uint32_t named(void) {
    uint32_t hz;
    enum MvStatus status = mvGetPClk1(&hz);
    if (status != MV_STATUS_OKAY) {
        fail("clock");
    }
    return hz;
}
