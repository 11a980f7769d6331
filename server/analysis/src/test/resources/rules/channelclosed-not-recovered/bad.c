#include <stdio.h>
#include "mv_syscalls.h"

extern MvChannelHandle channel;
static unsigned failures = 0;

static void log_failure(const char *what, enum MvStatus status) {
    printf("%s: %d\n", what, (int)status);
}

void ask(const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status == MV_STATUS_CHANNELCLOSED) {
        log_failure("channel already closed", status); // expect: channelclosed-not-recovered
    } else if (status != MV_STATUS_OKAY) {
        failures++;
    }
}

void read(void) {
    struct MvHttpResponseData response;
    switch (mvReadHttpResponseData(channel, &response)) {
    case MV_STATUS_OKAY:
        if (response.result == MV_HTTPRESULT_OK) {
            printf("status %u\n", (unsigned)response.status_code);
        }
        break;
    case MV_STATUS_CHANNELCLOSED:
        printf("channel gone\n"); // expect: channelclosed-not-recovered
        break;
    default:
        failures++;
        break;
    }
}
