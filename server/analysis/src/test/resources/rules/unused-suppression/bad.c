#include "mv_syscalls.h"

static uint8_t space[1024] __attribute__((aligned(512))); /* NOLINT(microvisor-buffer-alignment) */ // expect: unused-suppression

enum MvStatus start(void) {
    /* NOLINTNEXTLINE(microvisor-unchecked-status) */ // expect: unused-suppression
    return mvServerLoggingInit(space, sizeof(space));
}

/* NOLINTBEGIN(microvisor-timeout-range) */ // expect: unused-suppression
uint32_t clock_rate(void) {
    uint32_t hz = 0;
    /* NOLINTNEXTLINE(microvisor-unchecked-status, microvisor-uninit-outparam) */ // expect: unused-suppression
    mvGetHClk(&hz);
    mvGetPClk1(&hz); /* NOLINT(bugprone-x, microvisor-unchecked-status, microvisor-log-length-mismatch) */ // expect: unused-suppression
    mvGetPClk2(&hz); /* microvisor: allow(unchecked-statu) a slip of the pen */ // expect: unused-suppression
    return hz;
}
/* NOLINTEND(microvisor-timeout-range) */

void close_it(MvChannelHandle *channel) {
    /* see the manual; NOLINTNEXTLINE(microvisor-unchecked-status) */ // expect: unused-suppression
    (void)mvCloseChannel(channel);
    /* microvisor: allow(params-version) there was a structure here once */ // expect: unused-suppression
}
