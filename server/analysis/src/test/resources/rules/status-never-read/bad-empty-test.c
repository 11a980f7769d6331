#include <stdbool.h>
#include "mv_syscalls.h"

bool asks(MvChannelHandle channel, const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request); // expect: status-never-read
    if (status != MV_STATUS_OKAY) {
        ;
    }
    return true;
}
