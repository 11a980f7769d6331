#include "mv_syscalls.h"

struct Events {
    bool ready = false; // expect: isr-flag-not-volatile
    volatile bool done = false;
};

struct Link : Events {
    MvNetworkHandle network = 0;
};

static Link wan;

extern "C" void TIM8_BRK_IRQHandler() {
    wan.ready = true;
    wan.done = true;
}

void wait_for_it() {
    while (!wan.ready || !wan.done) {
    }
}
