#include <stdbool.h>
#include "mv_syscalls.h"

enum event {
    START,
    OPENED,
    OPEN_FAILED,
    STOP,
};

bool get_event(enum event *event);
void post_event(enum event event);
void start_timer(uint32_t milliseconds);
void osDelay(uint32_t milliseconds);
uint32_t HAL_GetTick(void);
void finish(void);

extern struct MvOpenChannelParams params;
MvChannelHandle channel;
static volatile bool ready;

static bool open_channel(void) {
    return mvOpenChannel(&params, &channel) == MV_STATUS_OKAY;
}

bool with_a_pause(void) {
    for (int i = 0; i < 10; i++) {
        if (mvOpenChannel(&params, &channel) == MV_STATUS_OKAY) {
            return true;
        }
        osDelay(1000);
    }
    return false;
}

bool only_when_limited(void) {
    for (int i = 0; i < 10; i++) {
        enum MvStatus status = mvOpenChannel(&params, &channel);
        if (status != MV_STATUS_RATELIMITED) {
            return status == MV_STATUS_OKAY;
        }
        osDelay(1000);
    }
    return false;
}

bool after_an_interrupt(void) {
    int tries = 0;
    while (!open_channel()) {
        if (++tries == 5) {
            return false;
        }
        ready = false;
        while (!ready) {
        }
    }
    return true;
}

void every_second(void) {
    uint32_t last = 0;
    while (1) {
        uint32_t now = HAL_GetTick();
        if (now - last > 1000) {
            last = now;
            if (channel == 0 && !open_channel()) {
                (void)mvServerLog((const uint8_t *)"no", 2);
            }
        }
    }
}

/* Each attempt that works is followed by another one, and that is not a failure. */
void all_of_them(const struct MvOpenChannelParams *several, MvChannelHandle *handles) {
    for (int i = 0; i < 3; i++) {
        if (mvOpenChannel(&several[i], &handles[i]) != MV_STATUS_OKAY) {
            return;
        }
    }
}

bool each_in_turn(void) {
    for (int i = 0; i < 3; i++) {
        if (!open_channel()) {
            return false;
        }
    }
    return true;
}

static void start(void) {
    enum MvStatus status = mvOpenChannel(&params, &channel);
    if (status != MV_STATUS_OKAY) {
        post_event(OPEN_FAILED);
        return;
    }
    post_event(OPENED);
}

void work(void) {
    enum event event;
    while (get_event(&event)) {
        switch (event) {
            case START:
                start();
                break;
            case OPENED:
                finish();
                break;
            case OPEN_FAILED:
                start_timer(1000);
                break;
            case STOP:
                (void)mvCloseChannel(&channel);
                return;
        }
    }
}
