#include <stdbool.h>
#include "mv_syscalls.h"

extern const struct MvOpenChannelParams params;
extern void wait(void);

/* A channel for each try. */
bool with_tries(const struct MvHttpRequest *request) {
    bool good = true;
    for (int i = 0; good && i < 3; i++) {
        MvChannelHandle channel = 0;
        if (mvOpenChannel(&params, &channel) != MV_STATUS_OKAY) {
            return false;
        }
        good = mvSendHttpRequest(channel, request) == MV_STATUS_OKAY;
        wait();
        (void)mvCloseChannel(&channel);
    }
    return good;
}
