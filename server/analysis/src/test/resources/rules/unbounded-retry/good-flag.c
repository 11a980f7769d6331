#include <stdbool.h>
#include "mv_syscalls.h"

extern MvChannelHandle channel;
extern void HAL_Delay(uint32_t ms);

static unsigned tries;

/* The wrapper gives up by itself. */
static bool is_over(const struct MvOpenChannelParams *params) {
    return mvOpenChannel(params, &channel) == MV_STATUS_OKAY || ++tries > 5;
}

void until_over(const struct MvOpenChannelParams *params) {
    while (!is_over(params)) {
        HAL_Delay(1000);
    }
}

static bool open_it(const struct MvOpenChannelParams *params) {
    return mvOpenChannel(params, &channel) == MV_STATUS_OKAY;
}

bool a_few_times(const struct MvOpenChannelParams *params) {
    bool done = false;
    for (int i = 0; i < 3 && !done; i++) {
        done = open_it(params);
        HAL_Delay(1000);
    }
    return done;
}
