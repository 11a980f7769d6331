#include "mv_syscalls.h"

enum MvStatus request(MvNotificationHandle centre, MvNetworkHandle *out) {
    struct MvRequestNetworkParams params = {.v1 = {.notification_handle = centre}};
    return mvRequestNetwork(&params, out); // expect: params-version
}

enum MvStatus request_wrong(MvNotificationHandle centre, MvNetworkHandle *out) {
    struct MvRequestNetworkParams params = {
        .version = 2, // expect: params-version
        .v1 = {.notification_handle = centre}};
    return mvRequestNetwork(&params, out);
}

enum MvStatus flash_info(MvExternalFlashHandle flash) {
    struct MvExternalFlashInfo info;
    return mvExternalFlashGetInfo(flash, &info); // expect: params-version
}
