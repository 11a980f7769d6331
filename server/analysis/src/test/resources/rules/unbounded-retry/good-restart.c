#include <stdbool.h>
#include "mv_syscalls.h"

void pause_a_second(void);

// Only busy is tried again, and not for ever.
bool apply_update(void) {
    for (int tries = 0; tries < 10; tries++) {
        if (mvRestart(MV_RESTARTMODE_AUTOAPPLYUPDATE) != MV_STATUS_MICROVISORBUSY) break;
        pause_a_second();
    }
    return false;
}

void sleep_now(void) {
    while (mvDeepSleep(MV_DEEPSLEEPMODE_STANDBY) == MV_STATUS_MICROVISORBUSY) {
        pause_a_second();
    }
}

// The main loop sleeps for as long as the program runs.
void idle(void) {
    while (1) {
        if (mvPowerSave(MV_POWERSAVINGMODE_STOP2) != MV_STATUS_OKAY) pause_a_second();
    }
}

bool erase_all(MvExternalFlashHandle flash) {
    enum MvStatus status = MV_STATUS_OKAY;
    for (uint32_t sector = 0; sector < 16 && status == MV_STATUS_OKAY; sector++) {
        status = mvExternalFlashEraseBlocking(flash, sector * 4096, 4096);
    }
    return status == MV_STATUS_OKAY;
}
