#include "mv_syscalls.h"

void pause_a_second(void);

void apply_update(void) {
    enum MvStatus status;
    do {
        status = mvRestart(MV_RESTARTMODE_AUTOAPPLYUPDATE); // expect: unbounded-retry
    } while (status != MV_STATUS_OKAY);
}

void erase(MvExternalFlashHandle flash) {
    while (mvExternalFlashEraseBlocking(flash, 0, 4096) != MV_STATUS_OKAY) { // expect: unbounded-retry
        pause_a_second();
    }
}
