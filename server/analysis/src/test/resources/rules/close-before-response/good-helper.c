#include <stdbool.h>
#include "mv_syscalls.h"

typedef struct Semaphore *SemaphoreHandle_t;
int xSemaphoreTake(SemaphoreHandle_t semaphore, uint32_t ticks);
int xSemaphoreGiveFromISR(SemaphoreHandle_t semaphore, int *woken);

static SemaphoreHandle_t answered;

void TIM2_IRQHandler(void) {
    int woken = 0;
    (void)xSemaphoreGiveFromISR(answered, &woken);
}

/* What is taken here another one gives: this is the wait for the answer. */
static bool wait(void) {
    return xSemaphoreTake(answered, 10000) == 1;
}

static void shut(MvChannelHandle *channel) {
    if (*channel != 0 && mvCloseChannel(channel) != MV_STATUS_OKAY) {
        *channel = 0;
    }
}

bool run(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    bool came = false;
    if (mvOpenChannel(params, &channel) == MV_STATUS_OKAY
        && mvSendHttpRequest(channel, request) == MV_STATUS_OKAY) {
        came = wait();
    }
    shut(&channel);
    return came;
}

/* Nothing is open when opening failed, and the helper sees that. */
bool run_or_leave(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    bool came = false;
    if (mvOpenChannel(params, &channel) != MV_STATUS_OKAY) {
        goto out;
    }
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        goto out;
    }
    came = wait();
out:
    shut(&channel);
    return came;
}
