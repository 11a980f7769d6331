#include "mv_syscalls.h"

static uint8_t space[1024]; // NOLINT(microvisor-buffer-alignment)
const char *words = "NOLINT(microvisor-buffer-alignment)"; // a string is no comment
int quiet; // NOLINT(bugprone-everything) and // NOLINT

enum MvStatus start(void) {
    return mvServerLoggingInit(space, sizeof(space)); // NOLINT(microvisor-isr-irq-mismatch): only half of the program is here
}

// NOLINTBEGIN(microvisor-unchecked-status)
uint32_t clock_rate(void) {
    uint32_t hz = 0;
    mvGetHClk(&hz);
    return hz;
}
// NOLINTEND(microvisor-unchecked-status)

void close_it(MvChannelHandle *channel) {
    // microvisor: allow(unchecked-status) the handle is zeroed either way,
    // and nobody waits for it
    mvCloseChannel(channel);
    /* NOLINTNEXTLINE(microvisor-unchecked-*) */
    mvCloseChannel(channel);
    mvCloseChannel(channel); /* microvisor: allow(unchecked-status) on this line */
}
