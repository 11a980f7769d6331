#include <stdbool.h>
#include "mv_syscalls.h"

extern bool open_channel(MvChannelHandle *channel);
extern const struct MvOpenChannelParams params;

/* One channel for all tries, closed after the last. */
bool with_tries(const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    if (mvOpenChannel(&params, &channel) != MV_STATUS_OKAY) {
        return false;
    }
    bool good = true;
    for (int i = 0; good && i < 3; i++) {
        good = mvSendHttpRequest(channel, request) == MV_STATUS_OKAY; // expect: channel-reuse
    }
    (void)mvCloseChannel(&channel);
    return good;
}
