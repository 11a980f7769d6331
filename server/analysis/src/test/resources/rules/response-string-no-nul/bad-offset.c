#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

bool retry_after(MvChannelHandle channel, uint32_t count) {
    char header[96] = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (mvReadHttpResponseHeader(channel, i, (uint8_t *)header, sizeof header) != MV_STATUS_OKAY) return false; // expect: response-string-no-nul
        if (strncmp(header, "Retry-After:", 12) == 0) {
            printf("the server asks for %s", header + 12);
            return true;
        }
    }
    return false;
}
