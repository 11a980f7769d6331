#include <stdbool.h>
#include <stdlib.h>
#include "mv_syscalls.h"
extern MvChannelHandle channel;
extern MvNetworkHandle network;
extern void log_error(const char *m, int s);
extern void Error_Handler(void);
extern void osDelay(uint32_t);
bool spin(const struct MvOpenChannelParams *p) {
    enum MvStatus status = mvOpenChannel(p, &channel);
    if (status == MV_STATUS_RATELIMITED) {
        log_error("rate", status);
        for (;;) { // expect: transient-error-fatal
        }
    }
    return status == MV_STATUS_OKAY;
}
bool trap(const struct MvOpenChannelParams *p) {
    enum MvStatus status = mvOpenChannel(p, &channel);
    if (status == MV_STATUS_NETWORKNOTCONNECTED) {
        __builtin_trap(); // expect: transient-error-fatal
    }
    return status == MV_STATUS_OKAY;
}
bool bkpt(const struct MvHttpRequest *p) {
    switch (mvSendHttpRequest(channel, p)) {
    case MV_STATUS_OKAY: return true;
    case MV_STATUS_CHANNELCLOSED:
        __asm volatile ("bkpt #0"); // expect: transient-error-fatal
        break;
    default: break;
    }
    return false;
}
bool restart(void) {
    enum MvStatus status = mvDeepSleep(MV_DEEPSLEEPMODE_STANDBY);
    if (status == MV_STATUS_MICROVISORBUSY) {
        return false;
    }
    return status == MV_STATUS_OKAY;
}
static void die(const char *why) {
    log_error(why, 0);
    while (1) { osDelay(1000); }
}
bool helper(const struct MvOpenChannelParams *p) {
    enum MvStatus status = mvOpenChannel(p, &channel);
    if (status == MV_STATUS_RATELIMITED) {
        die("rate"); // expect: transient-error-fatal
    }
    return status == MV_STATUS_OKAY;
}
