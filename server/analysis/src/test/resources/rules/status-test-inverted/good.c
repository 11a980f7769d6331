#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

extern void blink(void);
extern void vTaskStartScheduler(void);

static MvChannelHandle channel;
static MvNetworkHandle network;

static void fatal(const char *what) {
    printf("%s\n", what);
    for (;;) {
    }
}

static void serve(void) {
    for (;;) {
        enum MvNetworkStatus now = MV_NETWORKSTATUS_CONNECTING;
        if (mvGetNetworkStatus(network, &now) != MV_STATUS_OKAY) fatal("network");
    }
}

// Both sides say how it went.
bool reports(const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status == MV_STATUS_OKAY) {
        printf("sent: %d\n", (int)status);
    } else {
        printf("not sent: %d\n", (int)status);
    }
    return status == MV_STATUS_OKAY;
}

// What is known is said of an error.
void closes(void) {
    enum MvStatus status = mvCloseChannel(&channel);
    if (status == MV_STATUS_CHANNELCLOSED) {
        printf("closed before: %d\n", (int)status);
    }
}

// True stands for a failure.
bool fails(const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(channel, request) == MV_STATUS_OKAY) {
        return false;
    }
    printf("lost\n");
    return true;
}

// Here 0 is good.
int sends(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    if (mvOpenChannel(params, &channel) != MV_STATUS_OKAY) {
        return -1;
    }
    if (mvSendHttpRequest(channel, request) == MV_STATUS_OKAY) {
        return 0;
    }
    closes();
    return -2;
}

// A second try, and a reason that need not be there.
bool opens(const struct MvOpenChannelParams *params) {
    enum MvClosureReason reason = MV_CLOSUREREASON_NONE;
    if (mvGetChannelClosureReason(channel, &reason) == MV_STATUS_OKAY) {
        return false;
    }
    if (mvOpenChannel(params, &channel) == MV_STATUS_OKAY) {
        return true;
    }
    if (mvOpenChannel(params, &channel) != MV_STATUS_OKAY) {
        return false;
    }
    return true;
}

// What runs for ever is no error handler.
int main(void) {
    const struct MvRequestNetworkParams params = {.version = 1};
    if (mvRestart(MV_RESTARTMODE_AUTOAPPLYUPDATE) == MV_STATUS_OKAY) {
        for (;;) {
        }
    }
    if (mvRequestNetwork(&params, &network) == MV_STATUS_OKAY) {
        serve();
    }
    if (mvRequestNetwork(&params, &network) != MV_STATUS_OKAY) {
        return 1;
    }
    vTaskStartScheduler();
    for (;;) {
    }
}
