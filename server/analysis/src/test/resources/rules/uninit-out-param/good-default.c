#include <stdio.h>
#include "mv_syscalls.h"

extern MvChannelHandle channel;
extern MvNetworkHandle network;

/* A value that stands when the call fails. */
uint32_t clock_hz(void) {
    uint32_t hz = 4000000;
    if (mvGetHClk(&hz) != MV_STATUS_OKAY) {
        printf("assuming %u Hz\n", (unsigned)hz);
    }
    return hz;
}

void closed(void) {
    enum MvClosureReason reason = MV_CLOSUREREASON_NONE;
    enum MvStatus status = mvGetChannelClosureReason(channel, &reason);
    if (status != MV_STATUS_OKAY) {
        printf("closed, and not known why (%d, %d)\n", (int)status, (int)reason);
        return;
    }
    printf("closed: %d\n", (int)reason);
}

/* The next round asks again. */
void wait_for_network(void) {
    enum MvNetworkStatus now = MV_NETWORKSTATUS_CONNECTING;
    for (int i = 0; i < 100 && now != MV_NETWORKSTATUS_CONNECTED; i++) {
        if (mvGetNetworkStatus(network, &now) != MV_STATUS_OKAY) {
            printf("still %d\n", (int)now);
        }
    }
}

/* One variable for the statuses of two calls. */
void answered(void) {
    static struct MvHttpResponseData answer;
    enum MvStatus status = mvReadHttpResponseData(channel, &answer);
    if (status == MV_STATUS_OKAY && answer.result == MV_HTTPRESULT_OK) {
        static uint8_t text[64];
        status = mvReadHttpResponseBody(channel, 0, text, sizeof text - 1);
        if (status == MV_STATUS_OKAY) {
            printf("%s\n", (const char *)text);
        }
    }
    if (status != MV_STATUS_OKAY) {
        printf("failed: %d, %u\n", (int)status, (unsigned)answer.status_code);
    }
}

/* Only whether it is alive matters; the value is not read at all. */
int is_alive(void) {
    enum MvNetworkStatus now = MV_NETWORKSTATUS_CONNECTING;
    return mvGetNetworkStatus(network, &now) == MV_STATUS_OKAY;
}
