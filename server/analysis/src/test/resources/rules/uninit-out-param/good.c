#include <assert.h>
#include <stdbool.h>
#include "mv_syscalls.h"

void use(uint32_t value);
void stop_here(const char *why) __attribute__((noreturn));

static void do_assert(bool condition, const char *message) {
    if (!condition) {
        stop_here(message);
    }
}

void tested(MvNetworkHandle network) {
    enum MvNetworkStatus state;
    while (1) {
        if (mvGetNetworkStatus(network, &state) == MV_STATUS_OKAY && state == MV_NETWORKSTATUS_CONNECTED) {
            break;
        }
    }
}

void early_return(void) {
    uint32_t hz;
    enum MvStatus status = mvGetHClk(&hz);
    if (status > 0) return;
    use(hz + 1);
}

void asserted(void) {
    uint32_t hz, other;
    enum MvStatus status = mvGetHClk(&hz);
    do_assert(status == MV_STATUS_OKAY, "clock");
    use(hz + 1);
    bool okay = !mvGetPClk1(&other);
    assert(okay);
    use(other + hz);
}

void initialised(void) {
    uint32_t hz = 0;
    (void)mvGetHClk(&hz);
    use(hz + 1);
}

void by_switch(void) {
    uint64_t now;
    switch (mvGetWallTime(&now)) {
        case MV_STATUS_OKAY:
            use((uint32_t)now);
            break;
        default:
            break;
    }
}
