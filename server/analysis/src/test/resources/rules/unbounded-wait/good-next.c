#include "mv_syscalls.h"

extern void print_line(const char *text);

/* Not a wait: each round reads the next header, until there is none. */
void print_headers(MvChannelHandle channel) {
    uint8_t line[128] = {0};
    for (uint32_t i = 0; mvReadHttpResponseHeader(channel, i, line, sizeof(line) - 1) == MV_STATUS_OKAY; i++) {
        print_line((const char *)line);
        for (uint32_t k = 0; k < sizeof(line); k++) {
            line[k] = 0;
        }
    }
}
