#include <stdbool.h>
#include <stdint.h>
#include "mv_syscalls.h"

extern uint32_t HAL_GetTick(void);
extern void board_restart(void) __attribute__((noreturn));

static bool online(MvNetworkHandle network) {
    enum MvNetworkStatus status;
    return mvGetNetworkStatus(network, &status) == MV_STATUS_OKAY && status == MV_NETWORKSTATUS_CONNECTED;
}

// After two minutes the board starts again.
void wait_for(MvNetworkHandle network) {
    const uint32_t start = HAL_GetTick();
    while (!online(network)) {
        if (HAL_GetTick() - start > 120000u) {
            board_restart();
        }
    }
}
