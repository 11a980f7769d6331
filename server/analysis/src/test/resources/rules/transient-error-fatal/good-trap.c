#include <stdbool.h>
#include <stdlib.h>
#include "mv_syscalls.h"
extern MvChannelHandle channel;
extern void log_error(const char *m, int s);
extern void osDelay(uint32_t);
extern bool update_waits(void);
/* A loop that tries again is no end. */
bool again(const struct MvOpenChannelParams *p) {
    for (;;) {
        enum MvStatus status = mvOpenChannel(p, &channel);
        if (status == MV_STATUS_RATELIMITED) {
            osDelay(1000);
            continue;
        }
        return status == MV_STATUS_OKAY;
    }
}
/* Only what is final ends in a trap. */
/* The main loop after a passing error. */
int main(void) {
    const struct MvOpenChannelParams p = {.version = 1};
    enum MvStatus status = mvOpenChannel(&p, &channel);
    if (status == MV_STATUS_NETWORKNOTCONNECTED) {
        log_error("later", status);
    }
    for (;;) {
        if (update_waits()) log_error("x", 1);
        osDelay(10);
    }
}
bool fatal(const struct MvOpenChannelParams *p) {
    enum MvStatus status = mvOpenChannel(p, &channel);
    if (status == MV_STATUS_INVALIDBUFFERALIGNMENT) {
        for (;;) { }
    }
    return status == MV_STATUS_OKAY;
}
