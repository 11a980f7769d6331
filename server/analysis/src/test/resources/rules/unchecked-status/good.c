#include <assert.h>
#include <stdbool.h>
#include "mv_syscalls.h"

void do_assert(bool condition, const char *message);
void report_and_assert(uint32_t code);

static uint32_t hz;

bool looks_at_them(MvChannelHandle channel, const struct MvHttpRequest *request) {
    enum MvStatus status;
    if ((status = mvSendHttpRequest(channel, request)) != MV_STATUS_OKAY) {
        return false;
    }
    uint32_t number = mvGetHClk(&hz);
    if (number > 0) report_and_assert(number);
    int other = mvGetPClk1(&hz);
    do_assert(other == MV_STATUS_OKAY, "clock");
    assert(mvGetPClk2(&hz) == MV_STATUS_OKAY && "clock");
    (void)mvCloseChannel(&channel); // mvCloseChannel(&channel); in a comment
    return !mvGetSysClk(&hz);
}

enum MvStatus hands_it_on(uint32_t *out) {
    return mvGetHClk(out);
}
