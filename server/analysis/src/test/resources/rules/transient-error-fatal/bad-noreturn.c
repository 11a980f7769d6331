#include "mv_syscalls.h"

extern MvChannelHandle channel;

void stop_behind(void) __attribute__((noreturn));
__attribute__((noreturn)) void stop_before(void);
_Noreturn void stop_by_keyword(void);

void behind(const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        stop_behind(); // expect: transient-error-fatal
    }
}

void before(const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        stop_before(); // expect: transient-error-fatal
    }
}

void by_keyword(const struct MvHttpRequest *request) {
    switch (mvSendHttpRequest(channel, request)) {
    case MV_STATUS_OKAY:
        break;
    case MV_STATUS_CHANNELCLOSED:
        stop_by_keyword(); // expect: transient-error-fatal
    default:
        break;
    }
}
