#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

typedef struct Semaphore *SemaphoreHandle_t;
int xSemaphoreTake(SemaphoreHandle_t semaphore, uint32_t ticks);
int xSemaphoreGive(SemaphoreHandle_t semaphore);

static SemaphoreHandle_t line_lock;

/* Waits for its turn to write, but never for an answer. */
static void say(const char *what, enum MvStatus status) {
    static char line[80];
    if (xSemaphoreTake(line_lock, 50) != 1) {
        return;
    }
    int length = snprintf(line, sizeof line, "%s: %d", what, (int)status);
    if (length > 0) {
        (void)mvServerLog((const uint8_t *)line, (uint16_t)length);
    }
    (void)xSemaphoreGive(line_lock);
}

static void shut(MvChannelHandle *channel) {
    if (*channel != 0) {
        enum MvStatus status = mvCloseChannel(channel);
        if (status != MV_STATUS_OKAY) {
            say("close", status);
            *channel = 0;
        }
    }
}

static bool ask(MvChannelHandle channel, const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status != MV_STATUS_OKAY) {
        say("send", status);
    }
    return status == MV_STATUS_OKAY;
}

bool run(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    if (mvOpenChannel(params, &channel) != MV_STATUS_OKAY) {
        return false;
    }
    if (!ask(channel, request)) {
        shut(&channel);
        return false;
    }
    shut(&channel); // expect: close-before-response
    return true;
}
