#include <stdbool.h>
#include "mv_syscalls.h"

extern MvChannelHandle channel;
extern void HAL_Delay(uint32_t ms);

/* The outcome goes through a flag, or through a wrapper. */
void with_flag(const struct MvHttpRequest *request) {
    bool sent = false;
    while (!sent) {
        sent = mvSendHttpRequest(channel, request) == MV_STATUS_OKAY; // expect: unbounded-retry
        HAL_Delay(50);
    }
}

static bool open_it(const struct MvOpenChannelParams *params) {
    return mvOpenChannel(params, &channel) == MV_STATUS_OKAY;
}

void with_wrapper(const struct MvOpenChannelParams *params) {
    for (;;) {
        if (open_it(params)) { // expect: unbounded-retry
            break;
        }
        HAL_Delay(1000);
    }
}
