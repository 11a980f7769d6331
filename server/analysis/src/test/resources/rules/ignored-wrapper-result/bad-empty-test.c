#include <stdbool.h>
#include "mv_syscalls.h"

static bool ask(MvChannelHandle channel, const struct MvHttpRequest *request) {
    return mvSendHttpRequest(channel, request) == MV_STATUS_OKAY;
}

extern bool answered(void);

bool asks(MvChannelHandle channel, const struct MvHttpRequest *request) {
    if (!ask( // expect: ignored-wrapper-result
            channel, request)) ;
    return answered();
}
