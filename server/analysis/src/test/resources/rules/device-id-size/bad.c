#include <stdio.h>
#include "mv_syscalls.h"

enum MvStatus whole_buffer(uint8_t *out) {
    uint8_t id[35] = {0};
    (void)out;
    return mvGetDeviceId(id, sizeof(id)); // expect: device-id-size
}

enum MvStatus too_small(void) {
    uint8_t id[32];
    return mvGetDeviceId(id, 34); // expect: device-id-size
}

void no_room(void) {
    char id[34] = {0};
    if (mvGetDeviceId((uint8_t *)id, 34) == MV_STATUS_OKAY) {
        printf("Device %s\n", id); // expect: device-id-size
    }
}

void no_end(void) {
    char id[40];
    if (mvGetDeviceId((uint8_t *)id, 34) == MV_STATUS_OKAY) {
        printf("%5d %s\n", 1, id); // expect: device-id-size
    }
}
