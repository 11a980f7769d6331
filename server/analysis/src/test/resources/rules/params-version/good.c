#include <string.h>
#include "mv_syscalls.h"

static struct MvRequestNetworkParams by_position = {1, {{0, 7}}};

enum MvStatus request(MvNotificationHandle centre, MvNetworkHandle *out, int again) {
    struct MvRequestNetworkParams params;
    memset(&params, 0, sizeof(params));
    params.version = 1;
    params.v1.notification_handle = centre;
    return again ? mvRequestNetwork(&by_position, out) : mvRequestNetwork(&params, out);
}

enum MvStatus hand_on(const struct MvRequestNetworkParams *params, MvNetworkHandle *out) {
    return mvRequestNetwork(params, out);
}
