#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

void zeroed(void) {
    uint8_t id[35] = {0};
    if (mvGetDeviceId(id, 34) == MV_STATUS_OKAY) {
        printf("Device %s\n", id);
    }
}

void ended(void) {
    uint8_t id[35];
    if (mvGetDeviceId(id, 34) == MV_STATUS_OKAY) {
        id[34] = 0;
        printf("Device %s\n", id);
    }
}

void cleared(void) {
    uint8_t id[35];
    memset(id, 0, sizeof(id));
    if (mvGetDeviceId(id, 34) == MV_STATUS_OKAY) {
        printf("Device %s\n", id);
    }
}

void with_length(void) {
    uint8_t id[34];
    if (mvGetDeviceId(id, 34) == MV_STATUS_OKAY) {
        printf("Device %.34s %.*s 100%% %s\n", id, 34, id, "done");
        (void)mvServerLog(id, 34);
    }
}
