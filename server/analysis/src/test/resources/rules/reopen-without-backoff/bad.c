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
void finish(void);

extern struct MvOpenChannelParams params;
MvChannelHandle channel;

static bool open_channel(void) {
    return mvOpenChannel(&params, &channel) == MV_STATUS_OKAY;
}

bool ten_times(void) {
    for (int i = 0; i < 10; i++) {
        if (mvOpenChannel(&params, &channel) == MV_STATUS_OKAY) { // expect: reopen-without-backoff
            return true;
        }
    }
    return false;
}

bool five_times(void) {
    int tries = 0;
    while (!open_channel()) { // expect: reopen-without-backoff
        if (++tries == 5) {
            return false;
        }
    }
    return true;
}

static void start(void) {
    enum MvStatus status = mvOpenChannel(&params, &channel);
    if (status != MV_STATUS_OKAY) {
        post_event(OPEN_FAILED); // expect: reopen-without-backoff
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
                start();
                break;
            case STOP:
                (void)mvCloseChannel(&channel);
                return;
        }
    }
}
