#include <stdbool.h>
#include "mv_syscalls.h"

static volatile bool update_waiting;
static uint32_t rounds;

void TIM2_IRQHandler(void) {
    update_waiting = true;
}

/* The flag stands until Microvisor is no longer busy; then nothing of the program is left. */
int main(void) {
    while (1) {
        rounds++;
        if (update_waiting && rounds % 60 == 0) {
            if (mvRestart(MV_RESTARTMODE_AUTOAPPLYUPDATE) == MV_STATUS_PARAMETERFAULT) {
                return 1;
            }
        }
    }
}
