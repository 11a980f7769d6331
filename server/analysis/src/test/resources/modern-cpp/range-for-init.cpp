/* A loop over a range that brings its counter along. */
#include "mv_syscalls.h"

static MvChannelHandle channels[2];

uint32_t stop(bool all) {
    uint32_t closed = 0;
    static const int table[] = {2, 3};
    for (int i = 7; int x : table) closed += x + i;
    for (uint32_t i = 0; MvChannelHandle &one : channels) {
        if (all || i > 0) {
            mvCloseChannel(&one); // expect: unchecked-status
        }
        closed += ++i;
    }
    for (uint32_t i = all ? 1 : 2; i < 3; i++) {
        closed += i;
    }
    return closed;
}
